package io.breakwater.adapter.postgres.store;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.connection.ConnectionFailure;
import io.breakwater.adapter.postgres.connection.Outage;
import io.breakwater.port.PortException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/** Describes why the store is not ready. */
final class SchemaFailures {
    private SchemaFailures() {}

    /** Returns a sentence for callers, without addresses and role names. */
    static String sentence(Throwable thrown) {
        if (thrown instanceof PortException failure) {
            return String.valueOf(failure.getMessage());
        }
        var sql = sqlIn(thrown);
        var state = sql == null ? null : sql.getSQLState();
        if (state == null || state.length() != 5) {
            return "The store cannot be reached at the moment.";
        }
        return switch (state.substring(0, 2)) {
            case "28" -> "The store refuses the login of this server (SQLSTATE " + state + ").";
            case "3D" -> "The database of the store does not exist (SQLSTATE " + state + ").";
            case "42" ->
                "The store's role may not create its schema (SQLSTATE " + state
                        + "); the documentation of the store has a script for a suitable role.";
            default -> "The store cannot be reached at the moment (SQLSTATE " + state + ").";
        };
    }

    /** Returns a sentence for operators, with host and port and the fault of the connection. */
    static String reason(Throwable thrown, ConnectionString url) {
        var fault = ConnectionFailure.of(thrown, url.sets(PGProperty.PASSWORD));
        if (thrown instanceof PortException || fault == ConnectionFailure.NO_PRIVILEGE) { // probably for the schema
            return sentence(thrown);
        }
        return fault == ConnectionFailure.OTHER
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
