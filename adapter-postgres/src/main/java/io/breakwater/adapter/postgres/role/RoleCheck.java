package io.breakwater.adapter.postgres.role;

import io.breakwater.port.driven.SqlGateway.AccessMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server what the session's role may do. The role is the one layer of the guard that the server holds alone,
 * so it should be able to do nothing that strangers must not.
 *
 * @param mode what the role is for; one for administration is only asked about the store
 * @param storeSchema the schema of our own store, or null when it is not in this server's database
 * @param allowedFunctions functions that may be called whatever they do, as {@code schema.name} or {@code schema.*}
 */
public record RoleCheck(AccessMode mode, @Nullable String storeSchema, Set<String> allowedFunctions) {

    /** Copies the set. */
    public RoleCheck {
        allowedFunctions = Set.copyOf(allowedFunctions);
    }

    /** Asks about the role of this connection. */
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
                        .map(function -> "may execute " + function + ", which runs with its owner's rights")
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

    /** By its name without quotes, since that is how it is allowed. */
    private boolean isAllowed(String function) {
        var name = function.substring(0, function.indexOf('(')).replace("\"", "");
        int dot = name.indexOf('.'); // none where the schema's own name has a bracket
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
