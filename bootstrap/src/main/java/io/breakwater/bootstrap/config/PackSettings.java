package io.breakwater.bootstrap.config;

/**
 * Which of the packs that ship are on.
 *
 * @param data {@code process_data}, and documents where there is a store
 * @param database SQL, where there is a database
 * @param users users, where there is a store
 * @param system health and figures
 */
public record PackSettings(boolean data, boolean database, boolean users, boolean system) {

    static final Setting<Boolean> DATA = Setting.flag("data")
            .byDefault(true)
            .means("The tool `process_data`; with a store also `get_data_cached` and `save_data`.");

    static final Setting<Boolean> DATABASE = Setting.flag("database")
            .byDefault(true)
            .means("SQL and schema, where `database.url` is set: `execute_query`, `batch_operations`, `explain_query`,"
                    + " `get_table_schema`, `list_tables`.");

    static final Setting<Boolean> USERS = Setting.flag("users")
            .byDefault(true)
            .means("Users, where `store.url` is set: `create_user`, `get_user`, `update_user`, `list_users`.");

    static final Setting<Boolean> SYSTEM = Setting.flag("system")
            .byDefault(true)
            .means("Health and figures: the tools `health_check`, `check_dependencies` and `get_metrics`, the resources"
                    + " `health://status` and `config://effective`, the prompt `diagnose_health`.");

    static PackSettings read(SectionReader packs) {
        return new PackSettings(packs.get(DATA), packs.get(DATABASE), packs.get(USERS), packs.get(SYSTEM));
    }
}
