package io.breakwater.adapter.postgres.connection;

import java.io.Serial;
import java.sql.SQLTransientConnectionException;

/** No connection is open, and the last attempt to open one failed. */
public final class ServerUnavailableException extends SQLTransientConnectionException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Outage outage;

    ServerUnavailableException(Outage outage) {
        super("the server is unavailable", outage.sqlState());
        this.outage = outage;
    }

    /** The outage of the server. */
    public Outage outage() {
        return outage;
    }
}
