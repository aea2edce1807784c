package io.breakwater.adapter.postgres.policy;

import io.breakwater.adapter.postgres.policy.FunctionPolicy.PolicyQuery;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Looks up the objects that the names of a statement reach, in one query of the catalog ({@code reach.sql}):
 *
 * <ul>
 *   <li>the functions called by a name or a named operator;
 *   <li>the functions that views, indexes, checks, generated columns, statistics and partition keys of the relations
 *       call;
 *   <li>the functions that the types in the statement call: named types, types of columns, results and arguments, and
 *       their component types. A type calls the checks of a domain, casts, operator classes, and its own input, output
 *       and support functions.
 * </ul>
 *
 * <p>Nearly every statement contains comparison operators, so those between types that are not in the statement do not
 * count: the server would not choose them.
 */
final class CatalogLookup {
    private static final String QUERY = PolicyResource.text("reach.sql");

    private CatalogLookup() {}

    static List<ReachedObject> reached(PolicyQuery policyQuery, Connection connection) throws SQLException {
        var names = policyQuery.names();
        try (var query = connection.prepareStatement(QUERY)) {
            setNames(query, 1, names.calls());
            setNames(query, 2, names.fields());
            setNames(query, 3, names.attributes());
            setNames(query, 4, names.operators());
            setNames(query, 5, names.types());
            setNames(query, 6, names.relations());
            setNames(query, 7, DeniedRelations.DENIED);
            query.setBoolean(8, policyQuery.assigns());
            return rows(query);
        }
    }

    private static void setNames(PreparedStatement query, int index, Set<String> names) throws SQLException {
        Array array = query.getConnection().createArrayOf("name", names.toArray());
        query.setArray(index, array);
    }

    private static List<ReachedObject> rows(PreparedStatement query) throws SQLException {
        var reached = new ArrayList<ReachedObject>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                reached.add(new ReachedObject(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getBoolean(5),
                        row.getBoolean(6),
                        row.getBoolean(7),
                        row.getString(8),
                        row.getInt(9)));
            }
        }
        return reached;
    }
}
