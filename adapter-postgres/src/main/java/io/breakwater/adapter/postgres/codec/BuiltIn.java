package io.breakwater.adapter.postgres.codec;

import java.util.HashMap;
import java.util.Map;

/** The types that every PostgreSQL has under the same number ({@code pg_type.dat}), as far as people use them. */
final class BuiltIn {
    private BuiltIn() {}

    /** By number; those of the server at hand come on top. */
    static Map<Integer, Type> types() {
        var types = new HashMap<Integer, Type>();
        add(types, "boolean", Form.BOOLEAN, 16, 1000);
        add(types, "bytea", Form.BYTES, 17, 1001);
        add(types, "\"char\"", Form.TEXT, 18, 1002);
        add(types, "name", Form.TEXT, 19, 1003);
        add(types, "bigint", Form.INTEGER, 20, 1016);
        add(types, "smallint", Form.INTEGER, 21, 1005);
        add(types, "integer", Form.INTEGER, 23, 1007);
        add(types, "text", Form.TEXT, 25, 1009);
        add(types, "oid", Form.INTEGER, 26, 1028);
        add(types, "json", Form.JSON, 114, 199);
        add(types, "jsonb", Form.JSON, 3802, 3807);
        add(types, "xml", Form.TEXT, 142, 143);
        add(types, "real", Form.NUMBER, 700, 1021);
        add(types, "double precision", Form.NUMBER, 701, 1022);
        add(types, "money", Form.TEXT, 790, 791);
        add(types, "inet", Form.TEXT, 869, 1041);
        add(types, "character", Form.TEXT, 1042, 1014);
        add(types, "character varying", Form.TEXT, 1043, 1015);
        add(types, "date", Moment::write, 1082, 1182);
        add(types, "time without time zone", Form.TEXT, 1083, 1183);
        add(types, "timestamp without time zone", Moment::write, 1114, 1115);
        add(types, "timestamp with time zone", Moment::write, 1184, 1185);
        add(types, "interval", Form.TEXT, 1186, 1187);
        add(types, "time with time zone", Moment::writeTime, 1266, 1270);
        add(types, "numeric", Form.NUMBER, 1700, 1231);
        add(types, "uuid", Form.TEXT, 2950, 2951);
        types.put(22, new Type("int2vector", VectorForm.NUMBERS));
        types.put(30, new Type("oidvector", VectorForm.NUMBERS));
        types.put(705, new Type("unknown", Form.TEXT));
        return Map.copyOf(types);
    }

    private static void add(Map<Integer, Type> types, String name, Form form, int number, int numberOfArrays) {
        types.put(number, new Type(name, form));
        types.put(numberOfArrays, new Type(name + "[]", new ArrayForm(form, (byte) ',')));
    }
}
