package io.breakwater.bootstrap.config;

import java.util.Objects;

/**
 * The built-in packs that are switched on.
 *
 * @param data {@code process_data}, and documents if there is a store
 * @param database SQL, if there is a database
 * @param users users, if there is a store
 * @param system health and metrics
 * @param services requests to HTTP services, if there are some
 * @param orders orders over three services
 * @param batch calls of several tools at once
 * @param auth the login with a password
 * @param admin the operation of the server by administrators
 */
public record PackSettings(
        boolean data,
        boolean database,
        boolean users,
        boolean services,
        boolean orders,
        boolean system,
        boolean batch,
        boolean auth,
        boolean admin) {

    static final Setting<Boolean> DATA = Setting.flag("data")
            .byDefault(true)
            .description(
                    "The tool `process_data`; with a store also `get_data_cached`, `save_data` and `delete_data`.");

    static final Setting<Boolean> DATABASE = Setting.flag("database")
            .byDefault(true)
            .description("SQL and schema, if `database.url` is set: `execute_query`, `batch_operations`,"
                    + " `explain_query`, `get_table_schema`, `list_tables`.");

    static final Setting<Boolean> USERS = Setting.flag("users")
            .byDefault(true)
            .description("Users, if `store.url` is set: `create_user`, `get_user`, `update_user`, `delete_user`,"
                    + " `list_users`.");

    static final Setting<Boolean> SERVICES = Setting.flag("services")
            .description("HTTP services: `api_request`, `batch_api_requests`, `list_services`. If it is not set, the"
                    + " tools are on if `services` contains a service.");

    static final Setting<Boolean> ORDERS = Setting.flag("orders")
            .description(
                    "The tool `create_order`, which needs `store.url`. If it is not set, the tool is on if `services`"
                            + " contains the services of `orders`; if it is true, each of them that is missing there has the"
                            + " URL `http://<name>:8080`.");

    static final Setting<Boolean> SYSTEM = Setting.flag("system")
            .byDefault(true)
            .description("Health and metrics: the tools `health_check`, `check_dependencies` and `get_metrics`, the"
                    + " resources `health://status` and `config://effective`, the prompt `diagnose_health`.");

    static final Setting<Boolean> BATCH = Setting.flag("batch")
            .byDefault(true)
            .description("The tool `batch_operation`, which calls up to 50 tools at once.");

    static final Setting<Boolean> AUTH = Setting.flag("auth")
            .byDefault(false)
            .description("The tool `login`, which callers without identity can call; needs `store.url` and"
                    + " `auth.jwt-secret`. The words of a tool pass through a model, so prefer `breakwater token"
                    + " issue`.");

    static final Setting<Boolean> ADMIN = Setting.flag("admin")
            .description(
                    "The tool `admin_action`, for authenticated callers with the role `admin`: it clears the cache, sets"
                            + " the log level, ends sessions, stops the server and more. If it is not set, the tool is on if"
                            + " `packs.auth` is.");

    /**
     * Reads the packs.
     *
     * @param hasServices whether {@code services} contains some
     * @param canOrder whether the server has all that orders need
     */
    static PackSettings read(SectionReader packs, boolean hasServices, boolean canOrder) {
        boolean data = packs.get(DATA);
        boolean database = packs.get(DATABASE);
        boolean users = packs.get(USERS);
        var services = packs.find(SERVICES);
        boolean orders = Objects.requireNonNullElse(packs.find(ORDERS), canOrder);
        boolean system = packs.get(SYSTEM);
        boolean batch = packs.get(BATCH);
        boolean auth = packs.get(AUTH);
        return new PackSettings(
                data,
                database,
                users,
                Objects.requireNonNullElse(services, hasServices || orders),
                orders,
                system,
                batch,
                auth,
                Objects.requireNonNullElse(packs.find(ADMIN), auth));
    }

    /** Reports packs that are on but cannot work. */
    void check(SectionReader packs, boolean hasServices, boolean hasStore, AuthSettings authentication) {
        if (services && !hasServices && !orders) {
            packs.refuse(SERVICES, "there are no services", "add one to services, or set packs.services to false");
        }
        if (orders && !hasStore) {
            packs.refuse(ORDERS, "there is no store for orders", "set store.url, or packs.orders to false");
        }
        if (auth && !hasStore) {
            packs.refuse(AUTH, "there is no store for accounts", "set store.url, or packs.auth to false");
        }
        if (auth && authentication.jwt() == null) {
            packs.refuse(AUTH, "there is no secret that signs tokens", "set auth.jwt-secret, or packs.auth to false");
        }
        if (auth && !authentication.issuers().isEmpty()) {
            packs.refuse(
                    AUTH,
                    "clients of auth.issuers could not sign in, because callers without a credential are let in for"
                            + " the tool login",
                    "use either packs.auth or auth.issuers");
        }
    }
}
