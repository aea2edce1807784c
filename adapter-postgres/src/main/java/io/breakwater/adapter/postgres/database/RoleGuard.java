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
 * Checks the role at the first connection after each start of a server. When the role has more privileges than it
 * needs, the log has one warning for each report, with a script that creates a suitable role. No statements run when
 * the role can use our store, or when it has excess privileges and the settings are strict. Thread-safe.
 */
final class RoleGuard {
    private static final Logger LOG = LoggerFactory.getLogger(RoleGuard.class);

    private static final String STARTED = "SELECT pg_catalog.pg_postmaster_start_time()";

    private final String place;
    private final RoleCheck check;
    private final boolean strict;
    private @Nullable String checkedStart; // guarded by this
    private @Nullable RoleReport reported; // guarded by this
    private volatile @Nullable RoleReport refused;

    RoleGuard(String place, DatabaseSettings settings) {
        this.place = place;
        this.check = new RoleCheck(settings.mode(), settings.storeSchema(), settings.allowedFunctions());
        this.strict = settings.strictRole();
    }

    /** Checks the role on a new connection, unless this start of the server was checked before. */
    synchronized void checkServer(Connection connection) throws SQLException {
        var start = readStart(connection);
        if (!start.equals(checkedStart)) {
            inspect(connection);
            checkedStart = start;
        }
    }

    private static String readStart(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(STARTED)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    private void inspect(Connection connection) throws SQLException {
        var report = check.of(connection);
        refused = report.canUseStore() || (strict && !report.isClean()) ? report : null;
        if (!report.isClean() && !report.equals(reported)) {
            LOG.warn(
                    "{}: {} The owner of the database can create a suitable role with:\n{}",
                    place,
                    sentence(report),
                    report.script());
        }
        reported = report;
    }

    /** Checks a refused role again, because it may have changed. */
    synchronized void recheck(Connection connection) throws SQLException {
        if (refused != null) {
            inspect(connection);
        }
    }

    /** Throws an exception for callers when statements must not run as the role. */
    void requireForCall() {
        if (refused != null) {
            throw new PortException.UnavailableException(
                    "The database role has more privileges than it needs, so no statements run; the operator finds a"
                            + " script for a suitable role in the log.",
                    null,
                    null);
        }
    }

    /** Throws an exception for operators, with the reasons, when statements must not run as the role. */
    void requireForProbe() {
        var report = refused;
        if (report != null) {
            throw new PortException.UnavailableException(sentence(report), null, null);
        }
    }

    private static String sentence(RoleReport report) {
        var store = report.canUseStore() ? "The database role can use the schema of Breakwater's store. " : "";
        return report.excessPrivileges().isEmpty()
                ? store.strip()
                : store + "The database role has more privileges than it needs: it "
                        + String.join("; it ", report.excessPrivileges()) + ".";
    }
}
