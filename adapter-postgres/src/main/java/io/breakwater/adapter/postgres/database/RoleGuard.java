package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.role.RoleCheck;
import io.breakwater.adapter.postgres.role.RoleReport;
import io.breakwater.port.PortException;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the role when a server is met for the first time since it started. A role that may too much is warned of in
 * the log, once for each report, with the script that makes a better one; nothing is run as one that sees our store,
 * nor as any that may too much where the settings are strict. Thread-safe.
 */
final class RoleGuard {
    private static final Logger LOG = LoggerFactory.getLogger(RoleGuard.class);

    private static final String STARTED = "SELECT pg_catalog.pg_postmaster_start_time()";

    private final String place;
    private final RoleCheck check;
    private final boolean strict;
    private @Nullable String met; // guarded by this
    private @Nullable RoleReport told; // guarded by this
    private volatile @Nullable RoleReport refused;

    RoleGuard(String place, DatabaseSettings settings) {
        this.place = place;
        this.check = new RoleCheck(settings.mode(), settings.storeSchema(), settings.allowedFunctions());
        this.strict = settings.strictRole();
    }

    /** A connection was made. */
    synchronized void checkServer(Connection connection) throws SQLException {
        var started = started(connection);
        if (!started.equals(met)) {
            look(connection);
            met = started;
        }
    }

    private static String started(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(STARTED)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    private void look(Connection connection) throws SQLException {
        var report = check.of(connection);
        refused = report.seesStore() || (strict && !report.isClean()) ? report : null;
        if (!report.isClean() && !report.equals(told)) {
            LOG.warn(
                    "{}: {} The database's owner creates a suitable role with:\n{}",
                    place,
                    sentence(report),
                    report.script());
        }
        told = report;
    }

    /** Looks again at a role that was refused, since it may have been changed. */
    synchronized void recheck(Connection connection) throws SQLException {
        if (refused != null) {
            look(connection);
        }
    }

    /** Returns when statements may be run as the role. */
    void require() {
        if (refused != null) {
            throw new PortException.UnavailableException(
                    "The database's role may do more than it should, and nothing is run as it; the operator finds in the"
                            + " log how to make a better one.",
                    null,
                    null);
        }
    }

    /** For operators: why nothing is run. */
    void explain() {
        var report = refused;
        if (report != null) {
            throw new PortException.UnavailableException(sentence(report), null, null);
        }
    }

    private static String sentence(RoleReport report) {
        var store = report.seesStore() ? "The database's role can use the schema of our own store. " : "";
        return report.excesses().isEmpty()
                ? store.strip()
                : store + "The database's role may do more than it should: it "
                        + String.join("; it ", report.excesses()) + ".";
    }
}
