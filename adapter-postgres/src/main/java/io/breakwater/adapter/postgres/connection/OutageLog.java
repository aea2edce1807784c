package io.breakwater.adapter.postgres.connection;

import io.breakwater.port.driven.CheckSignal;
import java.time.Duration;

/** Receives the beginning and the end of a server's outages. */
public interface OutageLog {
    /**
     * No connection can be opened.
     *
     * @param serving whether open connections continue to serve calls
     */
    void outageBegan(Outage outage, boolean serving);

    /** The outage continues for another reason. */
    void reasonChanged(Outage outage);

    /** A connection was opened again. */
    void outageEnded(String place, Duration after);

    /** Returns a listener that writes outages to the log, for the pool of that name. */
    static OutageLog logging(String pool) {
        return new LoggingOutageLog(pool);
    }

    /** Returns a listener that requests a health check at once, and logs what the check does not report. */
    static OutageLog healthChecked(String pool, CheckSignal signal) {
        return new HealthCheckedOutageLog(logging(pool), signal);
    }

    /** Returns a listener that runs an action when an outage begins, and logs nothing. */
    static OutageLog running(Runnable onOutage) {
        return new OutageLog() {
            @Override
            public void outageBegan(Outage outage, boolean serving) {
                onOutage.run();
            }

            @Override
            public void reasonChanged(Outage outage) {}

            @Override
            public void outageEnded(String place, Duration after) {}
        };
    }

    /** Returns a listener that does nothing, for a server whose component reports outages itself. */
    static OutageLog none() {
        return running(() -> {});
    }
}
