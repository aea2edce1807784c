package io.breakwater.bootstrap.config;

import io.breakwater.adapter.http.HttpSettings;
import io.breakwater.adapter.postgres.database.DatabaseSettings;
import io.breakwater.adapter.postgres.store.StoreSettings;
import io.breakwater.adapter.redis.RedisSettings;
import io.breakwater.adapter.stdio.StdioSettings;
import io.breakwater.server.CacheSettings;
import io.breakwater.server.Capacity;
import io.breakwater.server.Limits;
import io.breakwater.server.MemoryLimits;
import io.breakwater.server.settings.DocumentSettings;
import io.breakwater.server.settings.HealthSettings;
import io.breakwater.server.settings.ProcessingLimits;
import io.breakwater.server.settings.QuerySettings;

/**
 * Everything that can be set.
 *
 * @param environment which of the operator's environments this is; picks the profile file
 * @param debug logs at debug level and shows the stack trace of a failure to start
 * @param server how the server introduces itself
 * @param http the HTTP listener
 * @param stdio the standard input and output
 * @param log what is logged, how and where
 * @param limits bounds of calls and lists
 * @param memory how much heap messages at work may occupy
 * @param capacity how much is kept in memory
 * @param cache how results are kept
 * @param database the database that statements run in
 * @param queries what one call gives of it and may cost
 * @param store where our own tables are
 * @param documents how documents are loaded from there
 * @param redis what servers of one deployment share
 * @param packs which tools are on
 * @param processing bounds of {@code process_data}
 * @param health when the server counts as ill
 * @param shutdown how the server stops
 */
public record BreakwaterSettings(
        String environment,
        boolean debug,
        ServerSettings server,
        HttpSettings http,
        StdioSettings stdio,
        LogSettings log,
        Limits limits,
        MemoryLimits memory,
        Capacity capacity,
        CacheSettings cache,
        Backend<DatabaseSettings> database,
        QuerySettings queries,
        Backend<StoreSettings> store,
        DocumentSettings documents,
        Backend<RedisSettings> redis,
        PackSettings packs,
        ProcessingLimits processing,
        HealthSettings health,
        ShutdownSettings shutdown) {

    /** One older variable for the size of messages, however they arrive. */
    static final String MAX_REQUEST_SIZE = "MAX_REQUEST_SIZE";

    static final Setting<String> ENVIRONMENT = Setting.text(
                    "environment", "[A-Za-z0-9][A-Za-z0-9_-]{0,31}", "a name of letters, digits, - and _")
            .byDefault("development")
            .alsoFrom("ENVIRONMENT", "MCP_ENVIRONMENT")
            .means(
                    "Which environment this is. The file `breakwater-<environment>.yaml` beside the main one is laid over"
                            + " it, and health reports and results name it.");

    static final Setting<Boolean> DEBUG = Setting.flag("debug")
            .byDefault(false)
            .alsoFrom("MCP_DEBUG")
            .means("Logs at level `debug` unless `log.level` says otherwise, and shows the stack trace when the server"
                    + " cannot start.");

    static BreakwaterSettings read(SectionReader root) {
        var environment = root.get(ENVIRONMENT);
        boolean debug = root.get(DEBUG);
        var server = ServerSettings.read(root.section("server", "How the server introduces itself to clients."));
        var http = HttpSection.read(root.section("http", "The HTTP listener of `serve`."));
        var stdio = StdioSection.read(root.section("stdio", "The standard input and output of `stdio`."));
        var log = LogSettings.read(
                root.section("log", "What is logged, how and where. Standard output is never used."), debug);
        int message = Math.max(http.limits().bodyBytes(), stdio.maxLine());
        var bounds = root.section("limits", "Bounds of calls, lists and memory, whatever the transport.");
        var limits = LimitsSection.read(bounds, message);
        var memory = LimitsSection.readMemory(bounds);
        var cache = root.section("cache", "Results that are kept for equal calls.");
        var caching = CacheSection.read(cache);
        var capacity = CapacitySection.read(root, cache);
        var store = StoreSection.read(
                root.section("store", "Our own tables in a PostgreSQL: users and documents, whatever must last."));
        var database = DatabaseSection.read(
                root.section("database", "A PostgreSQL of yours whose tables callers may see, behind a guard."),
                store.settings() == null ? null : store.settings().schema());
        var documents = DocumentSection.read(
                root.section("documents", "How documents of the store are loaded where the cache does not have them."));
        var redis = RedisSection.read(
                root.section("redis", "What the servers of one deployment share: the second tier of the cache."));
        return new BreakwaterSettings(
                environment,
                debug,
                server,
                http,
                stdio,
                log,
                limits,
                memory,
                capacity,
                caching,
                database.gateway(),
                database.queries(),
                store,
                documents,
                redis,
                PackSettings.read(root.section("packs", "Which of the tools that ship are on.")),
                ProcessingSection.read(
                        root.section("processing", "How much one call of `process_data` may bring along.")),
                HealthSection.read(root.section("health", "When the server counts as ill.")),
                ShutdownSettings.read(root.section("shutdown", "What happens between a signal and the end.")));
    }
}
