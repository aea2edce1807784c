package io.breakwater.adapter.postgres.policy;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The server's settings that are not secret: they reveal nothing about its host, its files, its users or other
 * connections.
 */
final class HarmlessSettings {
    /**
     * Settings about the server's version, the parsing and planning of statements, the format of results, and limits of
     * resources.
     */
    private static final Pattern HARMLESS =
            Pattern.compile("""
            array_nulls autovacuum* backslash_quote block_size bytea_output checkpoint_completion_target
            checkpoint_timeout client_encoding client_min_messages constraint_exclusion cpu_* cursor_tuple_fraction
            data_checksums datestyle deadlock_timeout default_statistics_target default_table_access_method
            default_text_search_config default_toast_compression default_transaction_* effective_* enable_*
            extra_float_digits from_collapse_limit geqo* gin_* hash_mem_multiplier huge_pages huge_page_size
            idle_in_transaction_session_timeout idle_session_timeout in_hot_standby integer_datetimes intervalstyle
            is_superuser jit jit_above_cost jit_expressions jit_inline_above_cost jit_optimize_above_cost
            join_collapse_limit lc_collate lc_ctype lc_messages lc_monetary lc_numeric lc_time lock_timeout
            logical_decoding_work_mem maintenance_* max_connections max_files_per_process max_function_args
            max_identifier_length max_index_keys max_locks_per_transaction max_parallel_* max_pred_locks_*
            max_prepared_transactions max_replication_slots max_stack_depth max_wal_senders max_wal_size
            max_worker_processes min_parallel_* min_wal_size parallel_* plan_cache_mode random_page_cost
            recursive_worktable_factor row_security search_path segment_size seq_page_cost server_encoding
            server_version server_version_num shared_buffers standard_conforming_strings statement_timeout
            superuser_reserved_connections synchronize_seqscans synchronous_commit temp_buffers temp_file_limit timezone
            timezone_abbreviations track_counts track_io_timing transaction_deferrable transaction_isolation
            transaction_read_only transaction_timeout transform_null_equals vacuum_* wal_block_size wal_level
            wal_segment_size work_mem xmlbinary xmloption""".strip().replaceAll("\\s+", "|").replace("*", "[a-z_]*"));

    private HarmlessSettings() {}

    /** Whether a statement may read this setting. */
    static boolean isHarmless(String name) {
        return HARMLESS.matcher(name).matches();
    }

    /** Whether there are settings, and a statement may read all of them. */
    static boolean areHarmless(Set<String> names) {
        return !names.isEmpty() && names.stream().allMatch(HarmlessSettings::isHarmless);
    }
}
