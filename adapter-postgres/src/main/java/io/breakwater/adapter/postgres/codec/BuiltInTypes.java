package io.breakwater.adapter.postgres.codec;

import java.util.HashMap;
import java.util.Map;

/** The commonly used types that have the same OID in every PostgreSQL ({@code pg_type.dat}). */
final class BuiltInTypes {
    private BuiltInTypes() {}

    /** Returns the types by OID; {@link TypeRegistry} adds those of the server. */
    static Map<Integer, PostgresType> types() {
        var types = new HashMap<Integer, PostgresType>();
        add(types, "boolean", ValueEncoder.BOOLEAN, 16, 1000);
        add(types, "bytea", ValueEncoder.BYTES, 17, 1001);
        add(types, "\"char\"", ValueEncoder.TEXT, 18, 1002);
        add(types, "name", ValueEncoder.TEXT, 19, 1003);
        add(types, "bigint", ValueEncoder.INTEGER, 20, 1016);
        add(types, "smallint", ValueEncoder.INTEGER, 21, 1005);
        add(types, "integer", ValueEncoder.INTEGER, 23, 1007);
        add(types, "text", ValueEncoder.TEXT, 25, 1009);
        add(types, "oid", ValueEncoder.INTEGER, 26, 1028);
        add(types, "json", ValueEncoder.JSON, 114, 199);
        add(types, "jsonb", ValueEncoder.JSON, 3802, 3807);
        add(types, "xml", ValueEncoder.TEXT, 142, 143);
        add(types, "real", ValueEncoder.NUMBER, 700, 1021);
        add(types, "double precision", ValueEncoder.NUMBER, 701, 1022);
        add(types, "money", ValueEncoder.TEXT, 790, 791);
        add(types, "inet", ValueEncoder.TEXT, 869, 1041);
        add(types, "character", ValueEncoder.TEXT, 1042, 1014);
        add(types, "character varying", ValueEncoder.TEXT, 1043, 1015);
        add(types, "date", IsoDateTime::write, 1082, 1182);
        add(types, "time without time zone", ValueEncoder.TEXT, 1083, 1183);
        add(types, "timestamp without time zone", IsoDateTime::write, 1114, 1115);
        add(types, "timestamp with time zone", IsoDateTime::write, 1184, 1185);
        add(types, "interval", ValueEncoder.TEXT, 1186, 1187);
        add(types, "time with time zone", IsoDateTime::writeTime, 1266, 1270);
        add(types, "numeric", ValueEncoder.NUMBER, 1700, 1231);
        add(types, "uuid", ValueEncoder.TEXT, 2950, 2951);
        types.put(22, new PostgresType("int2vector", VectorEncoder.NUMBERS));
        types.put(30, new PostgresType("oidvector", VectorEncoder.NUMBERS));
        types.put(705, new PostgresType("unknown", ValueEncoder.TEXT));
        return Map.copyOf(types);
    }

    private static void add(
            Map<Integer, PostgresType> types, String name, ValueEncoder encoder, int oid, int arrayOid) {
        types.put(oid, new PostgresType(name, encoder));
        types.put(arrayOid, new PostgresType(name + "[]", new ArrayEncoder(encoder, (byte) ',')));
    }
}
