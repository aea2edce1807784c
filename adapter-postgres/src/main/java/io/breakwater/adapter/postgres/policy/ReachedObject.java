package io.breakwater.adapter.postgres.policy;

import org.jspecify.annotations.Nullable;

/**
 * Something of the catalogue that a statement reaches.
 *
 * @param by through what: {@code call}, {@code view}, {@code operator}, {@code cast}, {@code domain}, {@code type},
 *     {@code class} of operators, {@code table} with its indexes, checks and other expressions; or {@code relation}
 *     when this is no function but a table
 * @param through the name of that view, operator, cast, domain and so on; empty for a call
 * @param schema where the function is
 * @param name what it is called
 * @param system whether it came with the server
 * @param unstable whether the catalogue calls it volatile
 * @param definer whether it runs with its owner's rights
 * @param extension which extension brought it, or null
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

    /** Whether this is the system's current_setting, called by its name. */
    boolean isCallOfCurrentSetting() {
        return system && by.equals("call") && name.equals("current_setting");
    }

    String qualified() {
        return schema + "." + name;
    }
}
