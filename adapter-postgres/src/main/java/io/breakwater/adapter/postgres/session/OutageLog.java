package io.breakwater.adapter.postgres.session;

import java.time.Duration;

/** Is told when a server goes away and when it is back. */
public interface OutageLog {
    /** No connection can be opened. */
    void gone(Outage outage);

    /** Still no connection can be opened, and the reason is another one. */
    void changed(Outage outage);

    /** A connection was opened again. */
    void back(String place, Duration after);

    /** Writes it to the log, for the pool of that name. */
    static OutageLog written(String pool) {
        return new LoggedOutage(pool);
    }

    /** Drops what it is told, for a server whose user tells operators itself. */
    static OutageLog none() {
        return new OutageLog() {
            @Override
            public void gone(Outage outage) {}

            @Override
            public void changed(Outage outage) {}

            @Override
            public void back(String place, Duration after) {}
        };
    }
}
