package io.breakwater.adapter.postgres.connection;

import io.breakwater.port.driven.CheckSignal;
import java.time.Duration;

/** Is told when a server goes away and when it is back. */
public interface OutageLog {
    /**
     * No connection can be opened.
     *
     * @param serving whether connections that are open go on serving calls
     */
    void outageBegan(Outage outage, boolean serving);

    /** Still no connection can be opened, and the reason is another one. */
    void reasonChanged(Outage outage);

    /** A connection was opened again. */
    void outageEnded(String place, Duration after);

    /** Writes it to the log, for the pool of that name. */
    static OutageLog written(String pool) {
        return new LoggingOutageLog(pool);
    }

    /** Requests a health check at once, and writes to the log what the check does not report. */
    static OutageLog checked(String pool, CheckSignal signal) {
        return new HealthCheckedOutageLog(written(pool), signal);
    }

    /** Drops what it is told but for outages, which run the action. */
    static OutageLog reported(Runnable gone) {
        return new OutageLog() {
            @Override
            public void outageBegan(Outage outage, boolean serving) {
                gone.run();
            }

            @Override
            public void reasonChanged(Outage outage) {}

            @Override
            public void outageEnded(String place, Duration after) {}
        };
    }

    /** Drops what it is told, for a server whose user tells operators itself. */
    static OutageLog none() {
        return reported(() -> {});
    }
}
