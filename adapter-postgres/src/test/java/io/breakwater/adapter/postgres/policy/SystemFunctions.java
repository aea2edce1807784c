package io.breakwater.adapter.postgres.policy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** All that a server comes with. */
final class SystemFunctions {
    private SystemFunctions() {}

    /** The names of the functions that the policy lets pass, whatever calls them. */
    static Set<String> passing(Connection connection) throws SQLException {
        var passing = new TreeSet<>(names(connection, "SELECT DISTINCT proname FROM pg_proc WHERE oid < 16384"));
        passing.removeIf(name -> DeniedFunctions.of(name).isPresent() || DeniedFunctions.revealsServerState(name));
        var unstable =
                names(connection, "SELECT DISTINCT proname FROM pg_proc WHERE oid < 16384 AND provolatile = 'v'");
        unstable.removeAll(DeniedFunctions.HARMLESS);
        passing.removeAll(unstable);
        return passing;
    }

    /** The views, with their schemas. */
    static List<String> views(Connection connection) throws SQLException {
        return names(connection, """
                SELECT relnamespace::regnamespace || '.' || relname FROM pg_class
                WHERE oid < 16384 AND relkind = 'v' ORDER BY 1
                """);
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
