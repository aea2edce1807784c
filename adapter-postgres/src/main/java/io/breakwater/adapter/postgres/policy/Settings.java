package io.breakwater.adapter.postgres.policy;

import java.util.Set;

/** Settings of the server that are no secrets. */
final class Settings {
    /** Those that decide how a statement is read, what its answer looks like, and how long it may take. */
    static final Set<String> SHOWN = Set.of(
            "bytea_output",
            "client_encoding",
            "datestyle",
            "default_text_search_config",
            "default_transaction_isolation",
            "extra_float_digits",
            "intervalstyle",
            "is_superuser",
            "lc_messages",
            "lc_monetary",
            "lc_numeric",
            "lc_time",
            "lock_timeout",
            "max_identifier_length",
            "search_path",
            "server_encoding",
            "server_version",
            "server_version_num",
            "standard_conforming_strings",
            "statement_timeout",
            "timezone",
            "transaction_isolation",
            "transaction_read_only",
            "work_mem",
            "xmlbinary",
            "xmloption");

    private Settings() {}
}
