package io.breakwater.adapter.postgres.policy;

import io.breakwater.adapter.postgres.statement.Names;
import io.breakwater.port.Failure;
import java.util.List;
import java.util.Set;

/** Functions that are denied by their names alone. */
final class Denied {
    private static final List<String> BEGINNINGS = List.of(
            "pg_read_",
            "pg_ls_",
            "pg_stat_reset",
            "pg_sleep",
            "pg_advisory_",
            "pg_try_advisory_",
            "lo_",
            "dblink",
            "pg_logical_",
            "pg_replication_",
            "pg_create_",
            "pg_drop_",
            "pg_backup_",
            "pg_wal_",
            "binary_upgrade_");

    private static final Set<String> NAMES = Set.of(
            "set_config",
            "current_setting",
            "pg_stat_file",
            "pg_terminate_backend",
            "pg_cancel_backend",
            "pg_reload_conf",
            "pg_rotate_logfile",
            "pg_switch_wal",
            "pg_notify",
            "nextval",
            "setval",
            "ts_stat",
            "ts_rewrite",
            "query_to_xml",
            "table_to_xml",
            "schema_to_xml",
            "database_to_xml",
            "cursor_to_xml",
            "crosstab",
            "connectby",
            "pg_export_snapshot",
            "pg_import_system_collations");

    private Denied() {}

    static void check(Names names, Set<String> allowed) {
        for (var name : names.calls()) {
            if (!allowed.contains(name)
                    && (NAMES.contains(name) || BEGINNINGS.stream().anyMatch(name::startsWith))) {
                throw new Failure.Refused(
                        Failure.Refused.Reason.FORBIDDEN, "The function " + name + " may not be called.", null);
            }
        }
    }
}
