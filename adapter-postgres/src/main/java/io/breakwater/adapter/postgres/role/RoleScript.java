package io.breakwater.adapter.postgres.role;

import io.breakwater.port.driven.SqlGateway.AccessMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statements that create a suitable role; the owner of the database runs them.
 *
 * @param storeSchema the schema that the role must not use, or null
 * @param functions the functions for which EXECUTE must be revoked from PUBLIC
 */
record RoleScript(AccessMode mode, @Nullable String storeSchema, List<String> functions) {
    private static final String ROLE = "breakwater_guarded";

    String of(Connection connection) throws SQLException {
        var database = RoleCheck.texts(connection, RoleQueries.DATABASE).getFirst();
        var schemas = RoleCheck.texts(connection, RoleQueries.SCHEMAS).stream()
                .filter(schema -> !schema.equals(storeSchema)
                        && !schema.equals('"' + storeSchema + '"')) // quoted, because it is a key word
                .toList();
        var lines = new ArrayList<String>();
        lines.add("CREATE ROLE " + ROLE + " LOGIN PASSWORD 'choose one' CONNECTION LIMIT 50");
        lines.add("GRANT CONNECT ON DATABASE " + database + " TO " + ROLE);
        lines.add("REVOKE CREATE, TEMPORARY ON DATABASE " + database + " FROM PUBLIC");
        if (!schemas.isEmpty()) {
            grants(String.join(", ", schemas), lines);
        }
        functions.forEach(function -> lines.add("REVOKE EXECUTE ON ROUTINE " + function + " FROM PUBLIC"));
        lines.add("ALTER ROLE " + ROLE + " SET temp_file_limit TO '1GB'");
        return String.join(";\n", lines) + ";";
    }

    private void grants(String schemas, List<String> lines) {
        lines.add("REVOKE CREATE ON SCHEMA " + schemas + " FROM PUBLIC");
        lines.add("GRANT USAGE ON SCHEMA " + schemas + " TO " + ROLE);
        var tables = mode == AccessMode.READ_WRITE ? "SELECT, INSERT, UPDATE, DELETE" : "SELECT";
        lines.add("GRANT " + tables + " ON ALL TABLES IN SCHEMA " + schemas + " TO " + ROLE);
        lines.add("ALTER DEFAULT PRIVILEGES IN SCHEMA " + schemas + " GRANT " + tables + " ON TABLES TO " + ROLE);
        if (mode == AccessMode.READ_WRITE) {
            lines.add("GRANT USAGE ON ALL SEQUENCES IN SCHEMA " + schemas + " TO " + ROLE);
            lines.add("ALTER DEFAULT PRIVILEGES IN SCHEMA " + schemas + " GRANT USAGE ON SEQUENCES TO " + ROLE);
        }
    }
}
