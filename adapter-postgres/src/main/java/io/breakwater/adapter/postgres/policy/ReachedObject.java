package io.breakwater.adapter.postgres.policy;

import org.jspecify.annotations.Nullable;

/**
 * An object of the catalog that a statement reaches: a function, or a table.
 *
 * @param by how the statement reaches it: {@code call}, {@code view}, {@code operator}, {@code cast}, {@code domain},
 *     {@code type}, {@code class} of operators, {@code table} with its indexes, checks and other expressions; or
 *     {@code relation} when the object is a table
 * @param through the name of that view, operator, cast, domain and so on; empty for a call
 * @param schema the schema of the object
 * @param name the name of the object
 * @param system whether it is part of PostgreSQL
 * @param unstable whether it is volatile according to the catalog
 * @param definer whether it runs with its owner's privileges (SECURITY DEFINER)
 * @param extension the extension that it belongs to, or null
 * @param version the server's major version
 */
record ReachedObject(
        String by,
        String through,
        String schema,
        String name,
        boolean system,
        boolean unstable,
        boolean definer,
        @Nullable String extension,
        int version) {

    /** Whether this is the system function current_setting, called by its name. */
    boolean isCallOfCurrentSetting() {
        return system && by.equals("call") && name.equals("current_setting");
    }

    String qualified() {
        return schema + "." + name;
    }
}
