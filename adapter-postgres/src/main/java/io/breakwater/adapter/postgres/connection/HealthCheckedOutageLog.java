package io.breakwater.adapter.postgres.connection;

import io.breakwater.port.driven.CheckSignal;
import java.time.Duration;

/**
 * Requests a health check, which logs the warning about an outage, so that one cause has one warning. When a server
 * refuses connections while others are open, the check reports no outage, so this class logs the warning.
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
