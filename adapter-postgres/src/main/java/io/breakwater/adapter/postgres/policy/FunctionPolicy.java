package io.breakwater.adapter.postgres.policy;

import io.breakwater.adapter.postgres.statement.OneStatement;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Set;

/**
 * Decides by the server's catalogue whether a statement reaches a function it must not call. Thread-safe; one for each
 * database.
 */
public final class FunctionPolicy {
    private final AccessMode mode;
    private final Set<String> allowed;

    /**
     * A policy with exceptions.
     *
     * @param mode what statements may do beside
     * @param allowed what may be used beside the system's harmless functions: {@code schema.name} for a function or an
     *     operator, {@code schema.*} for all of a schema, {@code extension:name} for all of an extension
     */
    public FunctionPolicy(AccessMode mode, Collection<String> allowed) {
        this.mode = mode;
        this.allowed = Set.copyOf(allowed);
    }

    /**
     * Returns when the statement calls nothing that it must not; at most one round trip.
     *
     * @param connection an idle connection to the database, in whatever state; it is left as it was
     * @throws io.breakwater.port.Failure.Refused FORBIDDEN when it does; the sentence names the function
     */
    public void admit(OneStatement statement, Connection connection) throws SQLException {
        if (mode != AccessMode.ADMIN) {
            Denied.check(statement.names(), allowed);
        }
    }

    /** Whether SHOW may show this setting: it tells nothing but how answers come about. */
    public static boolean mayShow(String setting) {
        return Settings.SHOWN.contains(setting);
    }
}
