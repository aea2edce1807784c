package io.breakwater.adapter.postgres.policy;

import java.util.Optional;
import java.util.Set;

/**
 * System tables that no statement may read, even when the role may: password hashes, connection strings and credentials
 * of foreign servers, settings of roles, the bytes of large objects, and samples of columns that the role may not read.
 * Views with information about connections, files and settings are found through the functions that they call.
 */
final class DeniedRelations {
    static final Set<String> DENIED = Set.of(
            "pg_authid",
            "pg_shadow",
            "pg_db_role_setting",
            "pg_foreign_server",
            "pg_user_mapping",
            "pg_user_mappings",
            "pg_subscription",
            "pg_largeobject",
            "pg_statistic",
            "pg_statistic_ext_data",
            "_pg_foreign_servers",
            "_pg_user_mappings",
            "foreign_server_options",
            "user_mapping_options");

    private DeniedRelations() {}

    static Optional<String> refusal(ReachedObject relation) {
        var view = relation.through().equals(relation.qualified())
                ? ""
                : ", which the view " + relation.through() + " reads,";
        return Optional.of("The table " + relation.qualified() + view
                + " contains credentials or other users' data and cannot be read.");
    }
}
