package io.breakwater.adapter.postgres.policy;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The denied functions of PostgreSQL and of its extensions, by what they do besides computing a value.
 * {@link ReviewedFunctions} has the system functions that are allowed.
 */
enum DeniedFunctions {
    FILES("reads or writes files of the server", """
            pg_read_* pg_ls_* pg_stat_file pg_file_* pg_logdir_ls pg_current_logfile pg_rotate_logfile*
            pg_hba_file_rules pg_ident_file_mappings pg_show_all_file_settings pg_relation_filepath
            pg_tablespace_location lo_import lo_export file_fdw_* pg_wal_summary_contents pg_available_wal_summaries
            pg_execute_server_program"""),
    LARGE_OBJECTS("works on large objects", "lo_* loread lowrite"),
    CONNECTIONS("acts on other connections or on the server", """
            pg_terminate_backend pg_cancel_backend pg_reload_conf pg_log_backend_memory_contexts pg_promote
            pg_log_standby_snapshot pg_sync_replication_slots pg_isolation_test_session_is_blocked"""),
    LOCKS("takes or releases locks", "pg_advisory_* pg_try_advisory_*"),
    SETTINGS("changes the settings of the connection", "set_config setseed set_limit isn_weak"),
    WAITS("waits", "pg_sleep*"),
    SQL_IN_TEXT("runs SQL, or resolves names, from a text", """
            query_to_* table_to_xml* schema_to_xml* database_to_xml* cursor_to_xml* ts_stat ts_rewrite crosstab*
            connectby xpath_table dblink* pg_input_is_valid pg_input_error_info array_in domain_in record_in range_in
            multirange_in fmgr_*_validator plpgsql_validator satisfies_hash_partition"""),
    NOTIFICATIONS("sends messages to other connections", "pg_notify pg_logical_emit_message"),
    SEQUENCES("changes the value of a sequence", "setval"),
    REPLICATION("works on replication or the write-ahead log", """
            pg_create_*_slot pg_copy_*_slot pg_drop_replication_slot pg_replication_* pg_logical_slot_*
            pg_create_restore_point pg_switch_wal pg_wal_replay_pause pg_wal_replay_resume pg_backup_* pg_start_backup
            pg_stop_backup pg_get_wal_* pg_show_replication_origin_status binary_upgrade_*
            pg_stop_making_pinned_objects"""),
    CATALOG("changes the catalog, statistics or indexes", """
            pg_import_system_collations pg_stat_reset* pg_stat_statements_reset pg_stat_force_next_flush
            pg_stat_clear_snapshot pg_clear_*_stats pg_restore_*_stats pg_nextoid pg_extension_config_dump brin_summarize_*
            brin_desummarize_range gin_clean_pending_list currtid*"""),
    TRANSACTIONS("returns the number or the snapshot of the transaction", """
            pg_export_snapshot pg_current_xact_id txid_current""");

    private final String effect;
    private final Pattern names;

    DeniedFunctions(String effect, String patterns) {
        this.effect = effect;
        this.names = pattern(patterns);
    }

    private static Pattern pattern(String patterns) {
        return Pattern.compile(patterns.strip().replaceAll("\\s+", "|").replace("*", ".*"));
    }

    /** What the function does, for a sentence that begins with its name. */
    String effect() {
        return effect;
    }

    /** Returns the group of denied functions that contains this name, if there is one. */
    static Optional<DeniedFunctions> of(String name) {
        return Arrays.stream(values())
                .filter(denied -> denied.names.matcher(name).matches())
                .findFirst();
    }

    /** Whether a function with this name returns information about other connections, settings or the server's host. */
    static boolean revealsServerState(String name) {
        return REVEALING.matcher(name).matches();
    }

    /** Volatile functions that only return a different value each time, or sizes. */
    static final Set<String> HARMLESS = Set.of(
            "array_sample",
            "array_shuffle",
            "clock_timestamp",
            "gen_random_bytes",
            "gen_random_uuid",
            "normal_rand",
            "pg_database_size",
            "pg_indexes_size",
            "pg_is_in_recovery",
            "pg_partition_ancestors",
            "pg_partition_tree",
            "pg_relation_size",
            "pg_sequence_last_value",
            "pg_table_size",
            "pg_total_relation_size",
            "random",
            "random_normal",
            "timeofday",
            "uuid_generate_v1",
            "uuid_generate_v1mc",
            "uuid_generate_v4",
            "uuidv4",
            "uuidv7");

    private static final Pattern REVEALING = pattern("""
            current_setting inet_client_addr inet_client_port inet_server_addr inet_server_port pg_config pg_cursor
            pg_get_replication_slots pg_listening_channels pg_prepared_statement pg_show_all_settings
            pg_stat_get_activity pg_stat_get_backend_* pg_stat_get_progress_info pg_stat_get_replication_slot
            pg_stat_get_subscription pg_stat_get_wal_receiver pg_stat_get_wal_senders pg_tablespace_databases""");

    /** Functions on sequences that the writing modes allow. */
    static final Set<String> WRITING = Set.of("nextval", "currval", "lastval");
}
