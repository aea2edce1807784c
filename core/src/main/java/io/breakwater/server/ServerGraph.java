package io.breakwater.server;

import io.breakwater.core.business.database.CostGuard;
import io.breakwater.core.business.database.Database;
import io.breakwater.core.business.database.TableDirectory;
import io.breakwater.core.business.documents.BatchLoader;
import io.breakwater.core.business.documents.Documents;
import io.breakwater.core.business.health.Health;
import io.breakwater.core.business.health.Readiness;
import io.breakwater.core.business.health.ServerInfo;
import io.breakwater.core.business.processing.DataProcessing;
import io.breakwater.core.business.session.EventLog;
import io.breakwater.core.business.session.KeyRing;
import io.breakwater.core.business.session.Quantity;
import io.breakwater.core.business.session.Sealer;
import io.breakwater.core.business.session.SessionBook;
import io.breakwater.core.business.session.TaskBook;
import io.breakwater.core.business.users.Users;
import io.breakwater.core.data.database.CatalogTables;
import io.breakwater.core.data.database.GatewayDatabase;
import io.breakwater.core.data.database.MemoryBudgets;
import io.breakwater.core.data.database.StoredBudgets;
import io.breakwater.core.data.documents.StoredDocuments;
import io.breakwater.core.data.health.ExecutorScheduler;
import io.breakwater.core.data.health.GaugedHostMetrics;
import io.breakwater.core.data.health.HeapMemoryBudget;
import io.breakwater.core.data.health.LoggingHealthListener;
import io.breakwater.core.data.health.PortDependencyProbe;
import io.breakwater.core.data.processing.JsonataTransformer;
import io.breakwater.core.data.processing.NetworkntSchemaCheck;
import io.breakwater.core.data.processing.SchemaLimits;
import io.breakwater.core.data.processing.TransformLimits;
import io.breakwater.core.data.session.LogLimits;
import io.breakwater.core.data.session.MemorySessions;
import io.breakwater.core.data.session.MemoryStreamLog;
import io.breakwater.core.data.session.MemoryTasks;
import io.breakwater.core.data.session.StoredEvents;
import io.breakwater.core.data.session.StoredSessions;
import io.breakwater.core.data.session.StoredTasks;
import io.breakwater.core.data.toolsource.StoredToolSource;
import io.breakwater.core.data.users.StoredUsers;
import io.breakwater.core.metrics.ServerMetrics;
import io.breakwater.core.presentation.call.CallRuntime;
import io.breakwater.core.presentation.catalog.Registry;
import io.breakwater.core.presentation.interceptor.ConcurrencyLimiter;
import io.breakwater.core.presentation.interceptor.InterceptorChain;
import io.breakwater.core.presentation.json.MessageParser;
import io.breakwater.core.presentation.page.HealthEndpoints;
import io.breakwater.core.presentation.protocol.LargeMessages;
import io.breakwater.core.presentation.protocol.McpServer;
import io.breakwater.core.presentation.protocol.legacy.LegacyProtocol;
import io.breakwater.core.presentation.protocol.modern.ModernProtocol;
import io.breakwater.core.presentation.server.ProtocolSettings;
import io.breakwater.core.presentation.server.ServerIdentity;
import io.breakwater.core.presentation.tool.data.DataPack;
import io.breakwater.core.presentation.tool.data.DocumentPack;
import io.breakwater.core.presentation.tool.database.DatabasePack;
import io.breakwater.core.presentation.tool.database.SealedCursors;
import io.breakwater.core.presentation.tool.system.SystemPack;
import io.breakwater.core.presentation.tool.users.UsersPack;
import io.breakwater.core.presentation.toolsource.SourcedToolRegistration;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driven.DocumentStore;
import io.breakwater.port.driven.SqlGateway;
import io.breakwater.port.driven.TableCatalog;
import io.breakwater.port.driving.HttpResource;
import io.breakwater.port.driving.McpEndpoint;
import io.breakwater.port.driving.MemoryBudget;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.mcp.Pack;
import io.breakwater.server.settings.DocumentSettings;
import io.breakwater.server.settings.ProcessingLimits;
import io.breakwater.server.settings.QuerySettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All rooms of a server, joined: the one place that sees presentation, business and data. */
final class ServerGraph {
    private static final Logger LOG = LoggerFactory.getLogger("io.breakwater.server");

    private static final long KEPT = Capacity.bytes(Runtime.getRuntime().maxMemory());

    private final ServerExecutors lanes;
    private final ServerMetrics meters;
    private final Registry registry = new Registry();
    private final Health health;
    private final Readiness readiness;
    private final ConcurrencyLimiter permits;
    private final MemoryBudget memory;
    private final Sealer seal;
    private final CacheAssembly caching;
    private final ModernProtocol modern;
    private final LegacyProtocol legacy;
    private final McpEndpoint endpoint;
    private final List<AutoCloseable> belongings;
    private final Map<String, Integer> watched = new ConcurrentHashMap<>();

    private ServerGraph(BreakwaterBuilder plan) {
        belongings = List.copyOf(plan.belongings);
        lanes = plan.executors == null ? ServerExecutors.standard() : plan.executors;
        meters = plan.meterRegistry == null
                ? ServerMetrics.standalone(lanes)
                : new ServerMetrics(plan.meterRegistry, lanes);
        plan.metrics.forEach(source -> source.accept(meters));
        health = health(plan);
        readiness = new Readiness(health);
        seal = seal(plan);
        permits = new ConcurrencyLimiter(plan.limits.concurrency());
        memory = plan.memory.budget();
        health.watch(new HeapMemoryBudget(memory));
        meters.gauge("mcp_memory_bytes", "Heap that the messages at work occupy at most.", Map.of(), memory::used);
        meters.gauge("mcp_memory_limit_bytes", "Heap that they may occupy.", Map.of(), memory::limit);
        var engine = engine(plan);
        var identity = new ServerIdentity(plan.name, plan.title, plan.version, plan.instructions);
        var settings = new ProtocolSettings(
                plan.limits.pageSize(),
                plan.limits.listTtl(),
                plan.limits.taskTtl(),
                new Quantity(
                        plan.capacity.subscriptions().total(),
                        plan.capacity.subscriptions().perPrincipal(),
                        KEPT),
                engine.limits());
        caching = CacheAssembly.of(plan, lanes, meters);
        caching.dependencies().forEach(dependency -> health.register(new PortDependencyProbe(dependency)));
        var results = caching.memory();
        plan.packs.forEach(choice -> plan.pack(pack(choice, plan)));
        fill(plan);
        modern = new ModernProtocol(engine, registry, identity, settings, results, seal, tasks(plan));
        legacy = new LegacyProtocol(engine, registry, identity, settings, results, sessions(plan), events(plan));
        meters.register("initialize", null);
        modern.methods().forEach(method -> meters.register(method, null));
        legacy.methods().forEach(method -> meters.register(method, null));
        var protocol = new McpServer(
                new MessageParser(plan.limits.maxMessageBytes()),
                plan.identification,
                engine.turnedAway(),
                modern,
                legacy);
        endpoint = new LargeMessages(protocol, lanes.cpuPool());
    }

    static ServerGraph of(BreakwaterBuilder plan) {
        var house = new ServerGraph(plan);
        house.health.begin();
        return house;
    }

    private CallRuntime engine(BreakwaterBuilder plan) {
        var limits = new CallRuntime.Limits(
                plan.limits.deadline(),
                plan.limits.streamAfter(),
                plan.limits.inputTimeout(),
                plan.limits.maxPendingInputs());
        var guard = InterceptorChain.of(
                lanes, meters, plan.requestLogging, permits, health::knowsOfOutage, plan.interceptors);
        return CallRuntime.of(lanes, guard.chain(), guard.turnedAway(), limits);
    }

    private Health health(BreakwaterBuilder plan) {
        var watched = new Health(
                plan.health,
                new ServerInfo(plan.version, plan.environment),
                meters,
                new GaugedHostMetrics(plan.gauges),
                new ExecutorScheduler(lanes),
                new LoggingHealthListener(CacheAssembly.isShared(plan) ? plan.cacheDependencies : Set.of()));
        plan.dependencies.forEach(dependency -> watched.register(new PortDependencyProbe(dependency)));
        return watched;
    }

    private Pack pack(BuiltInPack choice, BreakwaterBuilder plan) {
        return switch (choice) {
            case BuiltInPack.Processing(var limits) -> dataPack(limits, plan);
            case BuiltInPack.Documents(var store, var settings) -> documentPack(store, settings, plan);
            case BuiltInPack.Users(var store) ->
                new UsersPack(new Users(new StoredUsers(store), plan.limits.pageSize()), seal);
            case BuiltInPack.Database(var gateway, var catalog, var settings) ->
                databasePack(gateway, catalog, settings, plan);
            case BuiltInPack.Operations(var configuration) -> new SystemPack(health, meters, configuration);
        };
    }

    private Pack dataPack(ProcessingLimits limits, BreakwaterBuilder plan) {
        var processing = new DataProcessing(
                new JsonataTransformer(TransformLimits.forDocumentsOf(limits.maxDataBytes()), lanes::nanoTime),
                new NetworkntSchemaCheck(SchemaLimits.defaults()),
                lanes.clock(),
                limits);
        return new DataPack(processing, plan.cacheSettings.ttl(), plan.environment);
    }

    private Pack documentPack(DocumentStore store, DocumentSettings settings, BreakwaterBuilder plan) {
        var book = new StoredDocuments(store);
        var loads = new BatchLoader(book, settings, lanes.virtualThreads(), lanes::schedule);
        return new DocumentPack(new Documents(book, loads), plan.cacheSettings.ttl(), this::updated);
    }

    private Pack databasePack(
            SqlGateway gateway, TableCatalog catalog, QuerySettings settings, BreakwaterBuilder plan) {
        var limits = settings.limits();
        var memory = new MemoryBudgets();
        var store = plan.budgets == null ? memory : plan.budgets;
        var budgets = new StoredBudgets(store, memory, gateway.identity(), lanes::nanoTime);
        var costs = new CostGuard(settings.costs(), budgets, lanes.clock());
        var bookmarks = new SealedCursors(seal, limits.cursorLife());
        return new DatabasePack(
                new Database(new GatewayDatabase(gateway), limits, costs, bookmarks),
                new TableDirectory(new CatalogTables(catalog), lanes::nanoTime));
    }

    private void fill(BreakwaterBuilder plan) {
        registry.onChange(kind -> registerMeters());
        registry.addTools(plan.tools);
        plan.sources.forEach(source -> SourcedToolRegistration.adopt(new StoredToolSource(source), registry));
        plan.resources.forEach(registry::add);
        plan.templates.forEach(registry::add);
        plan.prompts.forEach(registry::add);
        registerMeters();
    }

    /** Labels come from the catalogue: whatever is not in it shares one. */
    private void registerMeters() {
        registry.offering().tools().keySet().forEach(tool -> meters.register("tools/call", tool));
    }

    private Sealer seal(BreakwaterBuilder plan) {
        var ring = plan.secrets.isEmpty() ? KeyRing.generated() : KeyRing.of(plan.secrets);
        return new Sealer(ring, lanes.clock());
    }

    private SessionBook sessions(BreakwaterBuilder plan) {
        var kept = plan.sessions == null
                ? new MemorySessions(kept(plan.capacity.sessions()), plan.capacity.sessionIdle(), lanes::nanoTime)
                : plan.sessions;
        meters.gauge("mcp_active_sessions", "Legacy sessions that are open", Map.of(), kept::count);
        return new StoredSessions(kept);
    }

    private EventLog events(BreakwaterBuilder plan) {
        var limits = LogLimits.forHeap(Runtime.getRuntime().maxMemory());
        return new StoredEvents(plan.streamLog == null ? new MemoryStreamLog(limits, lanes::nanoTime) : plan.streamLog);
    }

    private TaskBook tasks(BreakwaterBuilder plan) {
        return new StoredTasks(
                plan.tasks == null ? new MemoryTasks(kept(plan.capacity.tasks()), lanes.clock()) : plan.tasks);
    }

    private static io.breakwater.core.data.session.StoreLimits kept(Capacity.Limit share) {
        return new io.breakwater.core.data.session.StoreLimits(share.total(), share.perPrincipal(), KEPT);
    }

    McpEndpoint endpoint() {
        return endpoint;
    }

    List<HttpResource> pages() {
        return HealthEndpoints.of(health, readiness);
    }

    Registry registry() {
        return registry;
    }

    ServerMetrics meters() {
        return meters;
    }

    /** Watches what a transport leans on; that of a further transport gets a number. */
    void watch(List<Dependency> ofTransport) {
        for (var dependency : ofTransport) {
            int others = watched.merge(dependency.name(), 1, Integer::sum);
            var name = others == 1 ? dependency.name() : dependency.name() + "-" + others;
            health.register(new PortDependencyProbe(
                    new Dependency(name, dependency.need(), dependency.probe(), dependency.signal())));
        }
    }

    MemoryBudget memory() {
        return memory;
    }

    Readiness readiness() {
        return readiness;
    }

    void updated(String uri) {
        modern.updated(uri);
        legacy.updated(uri);
    }

    void endStreams() {
        modern.endStreams();
        legacy.endStreams();
    }

    void close() {
        caching.close();
        meters.close();
        belongings.forEach(ServerGraph::close);
        lanes.close();
    }

    private static void close(AutoCloseable belonging) {
        try {
            belonging.close();
        } catch (Exception e) {
            LOG.warn("{} could not be closed", belonging.getClass().getSimpleName(), e);
        }
    }
}
