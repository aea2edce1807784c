package io.breakwater.adapter.postgres.role;

import io.breakwater.port.driven.SqlGateway.AccessMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Queries the server for the privileges of the role. PostgreSQL itself enforces these privileges, so the role should
 * have no privilege that callers must not use.
 *
 * @param mode the access mode of the role; for ADMIN only the access to the store is checked
 * @param storeSchema the schema of our own store, or null when it is not in this database
 * @param allowedFunctions functions that callers may call although they run with their owner's privileges, as
 *     {@code schema.name} or {@code schema.*}
 */
public record RoleCheck(AccessMode mode, @Nullable String storeSchema, Set<String> allowedFunctions) {

    /** Copies the set. */
    public RoleCheck {
        allowedFunctions = Set.copyOf(allowedFunctions);
    }

    /** Checks the role of this connection. */
    public RoleReport of(Connection connection) throws SQLException {
        var excesses = new ArrayList<String>();
        var functions = List.<String>of();
        if (mode != AccessMode.ADMIN) {
            functions = definerFunctions(connection);
            excesses.addAll(texts(connection, RoleQueries.ATTRIBUTES));
            if (!excesses.contains(RoleQueries.SUPERUSER)) {
                excesses.addAll(texts(connection, RoleQueries.MEMBERSHIPS));
                excesses.addAll(texts(connection, RoleQueries.writes(mode)));
                excesses.addAll(texts(connection, RoleQueries.CREATES));
                functions.stream()
                        .map(function -> "may execute " + function + ", which runs with its owner's privileges")
                        .forEach(excesses::add);
            }
        }
        return new RoleReport(
                excesses, seesStore(connection), new RoleScript(mode, storeSchema, functions).of(connection));
    }

    private List<String> definerFunctions(Connection connection) throws SQLException {
        return texts(connection, RoleQueries.DEFINER_FUNCTIONS).stream()
                .filter(function -> !isAllowed(function))
                .toList();
    }

    /** Whether a function is allowed; the settings contain its name without quotes. */
    private boolean isAllowed(String function) {
        var name = function.substring(0, function.indexOf('(')).replace("\"", "");
        int dot = name.indexOf('.'); // -1 when the name of the schema contains a parenthesis
        return allowedFunctions.contains(name)
                || (dot >= 0 && allowedFunctions.contains(name.substring(0, dot) + ".*"));
    }

    private boolean seesStore(Connection connection) throws SQLException {
        if (storeSchema == null) {
            return false;
        }
        try (var statement = connection.prepareStatement(RoleQueries.SEES_SCHEMA)) {
            statement.setString(1, storeSchema);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    static List<String> texts(Connection connection, String sql) throws SQLException {
        try (var statement = connection.prepareStatement(sql);
                var rows = statement.executeQuery()) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
