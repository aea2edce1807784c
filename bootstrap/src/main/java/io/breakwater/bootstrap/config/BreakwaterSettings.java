package io.breakwater.bootstrap.config;

import io.breakwater.adapter.http.HttpSettings;
import io.breakwater.adapter.http.outbound.OutboundSettings;
import io.breakwater.adapter.http.outbound.dns.DnsSettings;
import io.breakwater.adapter.postgres.database.DatabaseSettings;
import io.breakwater.adapter.postgres.store.StoreSettings;
import io.breakwater.adapter.redis.RedisSettings;
import io.breakwater.adapter.stdio.StdioSettings;
import io.breakwater.server.CacheSettings;
import io.breakwater.server.Capacity;
import io.breakwater.server.Limits;
import io.breakwater.server.MemoryLimits;
import io.breakwater.server.settings.AccessRules;
import io.breakwater.server.settings.ConcurrencySettings;
import io.breakwater.server.settings.ConfirmationFallback;
import io.breakwater.server.settings.DocumentSettings;
import io.breakwater.server.settings.HealthSettings;
import io.breakwater.server.settings.IdempotencySettings;
import io.breakwater.server.settings.OrderSettings;
import io.breakwater.server.settings.ProcessingLimits;
import io.breakwater.server.settings.QuerySettings;
import io.breakwater.server.settings.QuotaSettings;
import io.breakwater.server.settings.RateLimitSettings;
import io.breakwater.server.settings.ServiceSettings;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * All settings.
 *
 * @param environment the name of the operator's environment, which selects the profile file
 * @param debug whether to log at debug level and print the stack trace of a failure to start
 * @param server how the server introduces itself
 * @param http the HTTP listener
 * @param management the management listener
 * @param metrics the metrics for Prometheus
 * @param auth who may call
 * @param access what callers may do
 * @param confirm what happens to a call that a user must confirm if its client cannot show forms
 * @param audit the record of calls
 * @param outbound the connections to services
 * @param names how the names of services are resolved
 * @param services the HTTP services that tools may call
 * @param orders the requests of {@code create_order}
 * @param stdio the standard input and output
 * @param log what is logged, how and where
 * @param limits the limits on calls and lists
 * @param concurrency how calls share the capacity of the server
 * @param rateLimits the limits on the rate of calls
 * @param quotas the limits on what callers use in a day
 * @param memory the heap that messages in progress may occupy
 * @param capacity the limits on the number of stored objects
 * @param cache how results are cached
 * @param database the database that statements run in
 * @param queries the limits on the results and the cost of queries
 * @param store the server's own tables
 * @param idempotency how long idempotency keys are kept
 * @param documents how documents are loaded from the store
 * @param redis the state that the servers of a deployment share
 * @param packs the packs that are switched on
 * @param processing the limits of {@code process_data}
 * @param health the thresholds for the health status
 * @param shutdown how the server stops
 */
public record BreakwaterSettings(
        String environment,
        boolean debug,
        ServerSettings server,
        HttpSettings http,
        ManagementOptions management,
        MetricsSettings metrics,
        AuthSettings auth,
        AccessRules access,
        ConfirmationFallback confirm,
        AuditSettings audit,
        OutboundSettings outbound,
        DnsSettings names,
        List<ServiceSettings> services,
        OrderSettings orders,
        StdioSettings stdio,
        LogSettings log,
        Limits limits,
        ConcurrencySettings concurrency,
        RateLimitSettings rateLimits,
        QuotaSettings quotas,
        MemoryLimits memory,
        Capacity capacity,
        CacheSettings cache,
        Backend<DatabaseSettings> database,
        QuerySettings queries,
        Backend<StoreSettings> store,
        IdempotencySettings idempotency,
        DocumentSettings documents,
        Backend<RedisSettings> redis,
        PackSettings packs,
        ProcessingLimits processing,
        HealthSettings health,
        ShutdownSettings shutdown) {

    /** An older variable for the maximum size of messages over all transports. */
    static final String MAX_REQUEST_SIZE = "MAX_REQUEST_SIZE";

    static final Setting<String> ENVIRONMENT = Setting.text(
                    "environment", "[A-Za-z0-9][A-Za-z0-9_-]{0,31}", "a name of letters, digits, - and _")
            .byDefault("development")
            .alsoFrom("ENVIRONMENT", "MCP_ENVIRONMENT")
            .description("The name of the environment. The file `breakwater-<environment>.yaml` beside the main one"
                    + " overrides it, and health reports and results contain the name.");

    static final Setting<Boolean> DEBUG = Setting.flag("debug")
            .byDefault(false)
            .alsoFrom("MCP_DEBUG")
            .description("Logs at level `debug` unless `log.level` is set, and prints the stack trace when the server"
                    + " cannot start.");

    /** Returns whether other machines use the server, but with the address on which it listens as its URL. */
    public boolean lacksPublicUrl() {
        return !ListenAddress.isLoopback(http.host()) && auth.publicUrl().equals(HttpSection.ownUrl(http));
    }

    /** Returns the URL of the MCP endpoint as clients use it, if it is not that of the listener itself. */
    public Optional<URI> publicUrl() {
        return auth.publicUrl().equals(HttpSection.ownUrl(http))
                ? Optional.empty()
                : Optional.of(URI.create(auth.publicUrl()));
    }

    static BreakwaterSettings read(SectionReader root) {
        var environment = root.get(ENVIRONMENT);
        boolean debug = root.get(DEBUG);
        var server = ServerSettings.read(root.section("server", "How the server introduces itself to clients."));
        var httpSection = root.section("http", "The HTTP listener of `serve`.");
        var listener = HttpSection.read(httpSection);
        var publicUrl = HttpSection.publicUrl(httpSection, listener);
        var http = HttpSection.withPublicHost(listener, publicUrl);
        var management = ManagementOptions.read(
                root.section("management", "The listener for operators: health details and metrics."), http);
        var metrics = MetricsSettings.read(root.section("metrics", "The metrics for Prometheus."));
        var authSection = root.section("auth", "Who may call: API keys and tokens.");
        var auth = AuthSection.read(authSection, publicUrl);
        new IssuerChecks(authSection, httpSection).check(auth);
        var access = AccessSection.read(root.section("access", "What callers may do."));
        var confirm = ConfirmSection.read(
                root.section("confirm", "How users confirm the calls of tools that delete or stop something."));
        var auditSection = root.section("audit", "The audit log: a record of calls in which later changes show.");
        var audit = AuditSettings.read(auditSection, server.deployment());
        var outboundSection = root.section(
                "outbound", "The connections of the server to services, such as identity providers and webhooks.");
        var outbound = OutboundSection.read(outboundSection);
        var services = ServicesSection.read(root.section("services", ServicesSection.DESCRIPTION));
        var orders = OrdersSection.read(root.section("orders", OrdersSection.DESCRIPTION), services);
        var stdio = StdioSection.read(root.section("stdio", "The standard input and output of `stdio`."));
        var log = LogSettings.read(
                root.section("log", "What the server logs, how and where. It never logs to standard output."), debug);
        int message = Math.max(http.limits().bodyBytes(), stdio.maxLine());
        var bounds = root.section("limits", "Limits on calls, lists and memory for all transports.");
        var limits = LimitsSection.read(bounds, message);
        var callConcurrency = ConcurrencySection.read(bounds);
        var toolLimits = ToolLimitsSection.read(bounds);
        var concurrency = toolLimits.addTo(callConcurrency);
        var memory = LimitsSection.readMemory(bounds);
        var rate = bounds.section("rate", RateLimitSection.DESCRIPTION);
        var quotas = QuotaSection.read(bounds.section("quota", QuotaSection.DESCRIPTION));
        var cache = root.section("cache", "The cache for the results of equal calls.");
        var caching = CacheSection.read(cache);
        var rateLimits = toolLimits.addTo(RateLimitSection.read(rate, caching.breakerPeriod()));
        var capacity = CapacitySection.read(root, cache);
        var store = StoreSection.read(root.section(
                "store", "The server's own tables in PostgreSQL, for data that must persist: users and documents."));
        var database = DatabaseSection.read(
                root.section("database", "A PostgreSQL database that callers may query through the guard."),
                store.settings() == null ? null : store.settings().schema());
        var idempotency = IdempotencySection.read(root.section(
                "idempotency",
                "The idempotency keys of callers, which prevent that a repeated call has a second effect."));
        var documents = DocumentSection.read(
                root.section("documents", "How documents that are not cached are loaded from the store."));
        var redis = RedisSection.read(
                root.section("redis", "Redis, which the servers of a deployment share: the second tier of the cache."));
        var packSection = root.section("packs", "The built-in packs of tools that are switched on.");
        boolean canOrder = store.settings() != null
                && OrdersSection.missing(orders, services).isEmpty();
        var packs = PackSettings.read(packSection, !services.isEmpty(), canOrder);
        packs.check(packSection, !services.isEmpty(), store.settings() != null, auth);
        audit.check(auditSection, store.settings() != null);
        return new BreakwaterSettings(
                environment,
                debug,
                server,
                http,
                management,
                metrics,
                auth,
                access,
                confirm,
                audit,
                outbound,
                OutboundSection.readNames(outboundSection),
                packs.orders() ? OrdersSection.withDefaults(orders, services) : services,
                orders,
                stdio,
                log,
                limits,
                concurrency,
                rateLimits,
                quotas,
                memory,
                capacity,
                caching,
                database.gateway(),
                database.queries(),
                store,
                idempotency,
                documents,
                redis,
                packs,
                ProcessingSection.read(root.section("processing", "The limits of one call of `process_data`.")),
                HealthSection.read(root.section("health", "When the server counts as degraded or unhealthy.")),
                ShutdownSettings.read(
                        root.section("shutdown", "What happens between a signal and the end of the process.")));
    }
}
