package io.breakwater.adapter.postgres.codec;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The types of one database by OID: the built-in types, and other types after their first use. Thread-safe.
 */
public final class TypeRegistry {
    /** More than the number of types in usual schemas. When it is exceeded, types are dropped and looked up again. */
    private static final int MAX_TYPES = 10_000;

    /** Finds also the base type of a domain, and the element type of an array. */
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
     * Returns the types with these OIDs.
     *
     * @param connection the connection on which unknown types are looked up
     */
    PostgresType[] lookUp(int[] oids, Connection connection) throws SQLException {
        if (Arrays.stream(oids).anyMatch(oid -> !known.containsKey(oid))) {
            query(oids, connection);
        }
        return Arrays.stream(oids)
                .mapToObj(oid -> known.getOrDefault(oid, new PostgresType("unknown", ValueEncoder.TEXT)))
                .toArray(PostgresType[]::new);
    }

    /** Returns the names of the types with these OIDs, in the notation of the server. */
    public List<String> names(List<Integer> oids, Connection connection) throws SQLException {
        return Arrays.stream(lookUp(oids.stream().mapToInt(Integer::intValue).toArray(), connection))
                .map(PostgresType::name)
                .toList();
    }

    private void query(int[] oids, Connection connection) throws SQLException {
        if (known.size() > MAX_TYPES) {
            known.clear();
            known.putAll(BuiltInTypes.types());
        }
        try (var statement = connection.prepareStatement(LOOK_UP)) {
            statement.setString(1, array(oids));
            try (var rows = statement.executeQuery()) {
                addTypes(rows);
            }
        }
    }

    private static String array(int[] oids) {
        return Arrays.stream(oids).mapToObj(Integer::toUnsignedString).collect(Collectors.joining(",", "{", "}"));
    }

    private void addTypes(ResultSet rows) throws SQLException {
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
        found.forEach((oid, row) -> known.putIfAbsent(oid, new PostgresType(row.name(), encoder(oid, found))));
    }

    private ValueEncoder encoder(int oid, Map<Integer, Row> found) {
        var type = known.get(oid);
        var row = found.get(oid);
        if (type != null || row == null) {
            return type == null ? ValueEncoder.TEXT : type.encoder();
        }
        if (row.base() != 0) {
            return encoder(row.base(), found);
        }
        return row.element() == 0
                ? ValueEncoder.TEXT
                : new ArrayEncoder(
                        encoder(row.element(), found), (byte) row.delimiter().charAt(0));
    }

    private record Row(String name, int base, int element, String delimiter) {}
}
