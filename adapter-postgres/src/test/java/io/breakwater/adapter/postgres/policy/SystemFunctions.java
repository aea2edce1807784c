package io.breakwater.adapter.postgres.policy;

import io.breakwater.port.driven.SqlGateway.AccessMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** All that a server comes with. */
final class SystemFunctions {
    private SystemFunctions() {}

    /** The functions that SQL can call, of that volatility ({@code v}, {@code s}), which the policy lets pass. */
    static Set<String> passing(Connection connection, String volatility) throws SQLException {
        var judge = new Judge(AccessMode.READ_ONLY, new Allowed(List.of()));
        var names = names(connection, """
                SELECT DISTINCT proname FROM pg_proc WHERE oid < 16384 AND prokind = 'f'
                AND 'internal'::regtype <> ALL (proargtypes::oid[]) AND 'cstring'::regtype <> ALL (proargtypes::oid[])
                AND prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype, 'language_handler'::regtype)
                AND provolatile = '""" + volatility + "'");
        names.removeIf(name -> judge.refusal(
                        new Reached("call", "", "pg_catalog", name, true, volatility.equals("v"), false, null))
                .isPresent());
        return new TreeSet<>(names);
    }

    /** The views, with their schemas. */
    static List<String> views(Connection connection) throws SQLException {
        return names(connection, """
                SELECT relnamespace::regnamespace || '.' || relname FROM pg_class
                WHERE oid < 16384 AND relkind = 'v' ORDER BY 1
                """);
    }

    /** The stable functions that somebody looked at and found to tell nothing but about data and its description. */
    static Set<String> lookedAt() {
        try (var file = SystemFunctions.class.getResourceAsStream("stable-functions.txt")) {
            return Set.of(new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .split("\\s+"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> names(Connection connection, String sql) throws SQLException {
        var names = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
