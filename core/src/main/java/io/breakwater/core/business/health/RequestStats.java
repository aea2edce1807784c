package io.breakwater.core.business.health;

import java.time.Duration;

/**
 * Calls over a span of time.
 *
 * @param span how long
 * @param calls how many ended
 * @param failed of these, how many did not do what was asked, whosever fault that was
 * @param faults of these, how many failed by the server's own fault or that of a system behind it
 */
public record RequestStats(Duration span, long calls, long failed, long faults) {

    /** The share of calls that failed; 0 when there were none. */
    public double errorRate() {
        return calls == 0 ? 0 : (double) failed / calls;
    }

    /** The share of calls that failed by our fault; a client that sends nonsense does not raise it. */
    public double faultRate() {
        return calls == 0 ? 0 : (double) faults / calls;
    }
}
