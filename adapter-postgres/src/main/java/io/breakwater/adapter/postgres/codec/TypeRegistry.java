package io.breakwater.adapter.postgres.codec;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The types of one database, by number: those that every PostgreSQL has, and others once they were seen. Thread-safe.
 */
public final class TypeRegistry {
    /** More numbers than any schema has types; what is over it is forgotten and looked up again. */
    private static final int MOST = 10_000;

    /** Of a domain, the type below it; of an array, its elements. */
    private static final String LOOK_UP = """
            WITH RECURSIVE wanted(oid) AS (
              SELECT unnest(?::pg_catalog.oid[])
              UNION
              SELECT CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.typelem END
                FROM wanted JOIN pg_catalog.pg_type t USING (oid))
            SELECT t.oid, pg_catalog.format_type(t.oid, NULL) AS name, t.typbasetype AS base,
                   CASE WHEN t.typoutput = 'pg_catalog.array_out'::pg_catalog.regproc THEN t.typelem ELSE 0 END AS element,
                   e.typdelim AS delimiter
              FROM wanted JOIN pg_catalog.pg_type t USING (oid) LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem
            """;

    private final Map<Integer, PostgresType> known = new ConcurrentHashMap<>(BuiltInTypes.types());

    /**
     * The types with these numbers.
     *
     * @param connection is asked for those never seen before
     */
    PostgresType[] of(int[] numbers, Connection connection) throws SQLException {
        if (Arrays.stream(numbers).anyMatch(number -> !known.containsKey(number))) {
            look(numbers, connection);
        }
        return Arrays.stream(numbers)
                .mapToObj(number -> known.getOrDefault(number, new PostgresType("unknown", ValueEncoder.TEXT)))
                .toArray(PostgresType[]::new);
    }

    private void look(int[] numbers, Connection connection) throws SQLException {
        if (known.size() > MOST) {
            known.clear();
            known.putAll(BuiltInTypes.types());
        }
        try (var statement = connection.prepareStatement(LOOK_UP)) {
            statement.setString(1, array(numbers));
            try (var rows = statement.executeQuery()) {
                learn(rows);
            }
        }
    }

    private static String array(int[] numbers) {
        return Arrays.stream(numbers).mapToObj(Integer::toUnsignedString).collect(Collectors.joining(",", "{", "}"));
    }

    private void learn(ResultSet rows) throws SQLException {
        var found = new HashMap<Integer, Row>();
        while (rows.next()) {
            found.put(
                    (int) rows.getLong("oid"),
                    new Row(
                            rows.getString("name"),
                            (int) rows.getLong("base"),
                            (int) rows.getLong("element"),
                            rows.getString("delimiter")));
        }
        found.forEach((number, row) -> known.putIfAbsent(number, new PostgresType(row.name(), form(number, found))));
    }

    private ValueEncoder form(int number, Map<Integer, Row> found) {
        var type = known.get(number);
        var row = found.get(number);
        if (type != null || row == null) {
            return type == null ? ValueEncoder.TEXT : type.form();
        }
        if (row.base() != 0) {
            return form(row.base(), found);
        }
        return row.element() == 0
                ? ValueEncoder.TEXT
                : new ArrayEncoder(
                        form(row.element(), found), (byte) row.delimiter().charAt(0));
    }

    private record Row(String name, int base, int element, String delimiter) {}
}
