package io.breakwater.adapter.postgres.policy;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What functions of PostgreSQL's own, and of the extensions it comes with, do beyond computing a value. The
 * system's own that pass are in {@link ReviewedFunctions}.
 */
enum DeniedFunctions {
    FILES("reads or writes files of the server", """
            pg_read_* pg_ls_* pg_stat_file pg_file_* pg_logdir_ls pg_current_logfile pg_rotate_logfile*
            pg_hba_file_rules pg_ident_file_mappings pg_show_all_file_settings pg_relation_filepath
            pg_tablespace_location lo_import lo_export file_fdw_* pg_wal_summary_contents pg_available_wal_summaries
            pg_execute_server_program"""),
    LARGE_OBJECTS("works on large objects", "lo_* loread lowrite"),
    SESSIONS("acts on other sessions or on the server", """
            pg_terminate_backend pg_cancel_backend pg_reload_conf pg_log_backend_memory_contexts pg_promote
            pg_log_standby_snapshot pg_sync_replication_slots pg_isolation_test_session_is_blocked"""),
    LOCKS("takes or releases locks", "pg_advisory_* pg_try_advisory_*"),
    SETTINGS("changes the session", "set_config setseed set_limit isn_weak"),
    WAITS("waits", "pg_sleep*"),
    SQL_IN_TEXT("runs SQL, or reads names, from a text", """
            query_to_* table_to_xml* schema_to_xml* database_to_xml* cursor_to_xml* ts_stat ts_rewrite crosstab*
            connectby xpath_table dblink* pg_input_is_valid pg_input_error_info array_in domain_in record_in range_in
            multirange_in fmgr_*_validator plpgsql_validator satisfies_hash_partition"""),
    TELLS_OTHERS("tells other sessions", "pg_notify pg_logical_emit_message"),
    SEQUENCES("moves a sequence on", "setval"),
    REPLICATION("works on replication or the write-ahead log", """
            pg_create_*_slot pg_copy_*_slot pg_drop_replication_slot pg_replication_* pg_logical_slot_*
            pg_create_restore_point pg_switch_wal pg_wal_replay_pause pg_wal_replay_resume pg_backup_* pg_start_backup
            pg_stop_backup pg_get_wal_* pg_show_replication_origin_status binary_upgrade_*
            pg_stop_making_pinned_objects"""),
    CATALOGUE("changes the catalogue, statistics or indexes", """
            pg_import_system_collations pg_stat_reset* pg_stat_statements_reset pg_stat_force_next_flush
            pg_stat_clear_snapshot pg_clear_*_stats pg_restore_*_stats pg_nextoid pg_extension_config_dump brin_summarize_*
            brin_desummarize_range gin_clean_pending_list currtid*"""),
    TRANSACTIONS("takes a transaction's number or snapshot", """
            pg_export_snapshot pg_current_xact_id txid_current""");

    private final String does;
    private final Pattern names;

    DeniedFunctions(String does, String patterns) {
        this.does = does;
        this.names = pattern(patterns);
    }

    private static Pattern pattern(String patterns) {
        return Pattern.compile(patterns.strip().replaceAll("\\s+", "|").replace("*", ".*"));
    }

    /** What it does, for a sentence that begins with the function's name. */
    String does() {
        return does;
    }

    /** The danger of a function with that name, if it has one. */
    static Optional<DeniedFunctions> of(String name) {
        return Arrays.stream(values())
                .filter(danger -> danger.names.matcher(name).matches())
                .findFirst();
    }

    /** Whether a function with that name tells about other sessions, settings or the server's place. */
    static boolean tells(String name) {
        return TELLING.matcher(name).matches();
    }

    /** Volatile functions that do nothing but give another value each time, or look at sizes. */
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

    private static final Pattern TELLING = pattern("""
            current_setting inet_client_addr inet_client_port inet_server_addr inet_server_port pg_config pg_cursor
            pg_get_replication_slots pg_listening_channels pg_prepared_statement pg_show_all_settings
            pg_stat_get_activity pg_stat_get_backend_* pg_stat_get_progress_info pg_stat_get_replication_slot
            pg_stat_get_subscription pg_stat_get_wal_receiver pg_stat_get_wal_senders pg_tablespace_databases""");

    /** Functions that move no more than the writing modes may move. */
    static final Set<String> WRITING = Set.of("nextval", "currval", "lastval");
}
