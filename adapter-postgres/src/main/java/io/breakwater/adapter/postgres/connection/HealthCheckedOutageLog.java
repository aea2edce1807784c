package io.breakwater.adapter.postgres.connection;

import io.breakwater.port.driven.CheckSignal;
import java.time.Duration;

/**
 * Leaves the warning about an outage to the health check that it requests, which says the same: one cause, one warning.
 * What a server refuses while connections are open is no outage to the check, so the warning is written here.
 *
 * @param log writes to the log
 * @param signal requests the check
 */
record HealthCheckedOutageLog(OutageLog log, CheckSignal signal) implements OutageLog {

    @Override
    public void outageBegan(Outage outage, boolean serving) {
        boolean reported = signal.isSubscribed() && !(serving && outage.fault().isRefusal());
        if (!reported) {
            log.outageBegan(outage, serving);
        }
        signal.send();
    }

    @Override
    public void reasonChanged(Outage outage) {
        log.reasonChanged(outage);
    }

    @Override
    public void outageEnded(String place, Duration after) {
        log.outageEnded(place, after);
        signal.send();
    }
}
