package io.breakwater.adapter.postgres.store;

import io.breakwater.port.Failure;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Why the store could not be made ready, in words for whoever needs it: no address, no name of a role. */
final class SchemaFailures {
    private SchemaFailures() {}

    static String sentence(Throwable thrown) {
        if (thrown instanceof Failure failure) {
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

    private static @Nullable SQLException sqlIn(@Nullable Throwable thrown) {
        return switch (thrown) {
            case null -> null;
            case SQLException sql -> sql;
            default -> sqlIn(thrown.getCause());
        };
    }
}
