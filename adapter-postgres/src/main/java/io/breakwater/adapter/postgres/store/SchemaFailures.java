package io.breakwater.adapter.postgres.store;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.connection.ConnectFailure;
import io.breakwater.adapter.postgres.connection.Outage;
import io.breakwater.port.PortException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/** Why the store could not be made ready, in words for whoever needs it: no address, no name of a role. */
final class SchemaFailures {
    private SchemaFailures() {}

    static String sentence(Throwable thrown) {
        if (thrown instanceof PortException failure) {
            return String.valueOf(failure.getMessage());
        }
        var sql = sqlIn(thrown);
        var state = sql == null ? null : sql.getSQLState();
        if (state == null || state.length() != 5) {
            return "The store cannot be reached at present.";
        }
        return switch (state.substring(0, 2)) {
            case "28" -> "The store refuses the login of this server (SQLSTATE " + state + ").";
            case "3D" -> "The database of the store does not exist (SQLSTATE " + state + ").";
            case "42" ->
                "The store's role may not make its schema (SQLSTATE " + state
                        + "); the documentation of the store has the script that makes a proper role.";
            default -> "The store cannot be reached at present (SQLSTATE " + state + ").";
        };
    }

    /** The same for operators: it names host and port, and what is wrong with the connection. */
    static String reason(Throwable thrown, ConnectionString url) {
        var fault = ConnectFailure.of(thrown, url.sets(PGProperty.PASSWORD));
        if (thrown instanceof PortException || fault == ConnectFailure.NO_PRIVILEGE) { // of the schema, most likely
            return sentence(thrown);
        }
        return fault == ConnectFailure.OTHER
                ? sentence(thrown) + " The cause is "
                        + rootOf(thrown).getClass().getSimpleName() + "."
                : Outage.of(thrown, fault, url.address(), System.nanoTime()).sentence();
    }

    private static Throwable rootOf(Throwable thrown) {
        var cause = thrown.getCause();
        return cause == null ? thrown : rootOf(cause);
    }

    private static @Nullable SQLException sqlIn(@Nullable Throwable thrown) {
        return switch (thrown) {
            case null -> null;
            case SQLException sql -> sql;
            default -> sqlIn(thrown.getCause());
        };
    }
}
