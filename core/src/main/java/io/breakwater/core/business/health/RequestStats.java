package io.breakwater.core.business.health;

import java.time.Duration;

/**
 * The calls in a span of time.
 *
 * @param span the length of the span
 * @param calls the number of calls that ended
 * @param failed the number of these calls that failed, for any reason
 * @param faults the number of these calls that failed because of the server or a system behind it
 */
public record RequestStats(Duration span, long calls, long failed, long faults) {

    /** Returns the share of calls that failed; 0 if there were none. */
    public double errorRate() {
        return calls == 0 ? 0 : (double) failed / calls;
    }

    /**
     * Returns the share of calls that failed because of the server or a system behind it; invalid requests do not
     * count.
     */
    public double faultRate() {
        return calls == 0 ? 0 : (double) faults / calls;
    }
}
