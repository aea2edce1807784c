package io.breakwater.server;

import static java.util.Objects.requireNonNull;

import io.breakwater.core.business.authentication.FailureSource;
import io.breakwater.core.business.authorization.AccessControl;
import io.breakwater.core.business.authorization.RefusedAccesses;
import io.breakwater.core.business.authorization.RuleReview;
import io.breakwater.core.business.health.Health;
import io.breakwater.core.business.health.Readiness;
import io.breakwater.core.business.health.ServerInfo;
import io.breakwater.core.business.idempotency.ClaimedCalls;
import io.breakwater.core.business.idempotency.IdempotencyKeys;
import io.breakwater.core.business.idempotency.RecordedCalls;
import io.breakwater.core.business.session.CapacityLimiter;
import io.breakwater.core.business.session.ConsentService;
import io.breakwater.core.business.session.EventLog;
import io.breakwater.core.business.session.KeyRing;
import io.breakwater.core.business.session.Sealer;
import io.breakwater.core.business.session.SessionService;
import io.breakwater.core.business.session.TaskService;
import io.breakwater.core.data.health.ExecutorScheduler;
import io.breakwater.core.data.health.HeapMemoryBudget;
import io.breakwater.core.data.health.LoggingHealthListener;
import io.breakwater.core.data.session.LogLimits;
import io.breakwater.core.data.session.MemoryNonces;
import io.breakwater.core.data.session.MemorySessions;
import io.breakwater.core.data.session.MemoryStreamLog;
import io.breakwater.core.data.session.MemoryTasks;
import io.breakwater.core.metrics.IdempotencyMeter;
import io.breakwater.core.metrics.ServerMetrics;
import io.breakwater.core.presentation.access.CredentialAuthenticator;
import io.breakwater.core.presentation.access.RefusedAccessEndpoint;
import io.breakwater.core.presentation.call.CallLimits;
import io.breakwater.core.presentation.call.CallRuntime;
import io.breakwater.core.presentation.catalog.CatalogAccess;
import io.breakwater.core.presentation.catalog.Registry;
import io.breakwater.core.presentation.idempotency.ClaimRenewal;
import io.breakwater.core.presentation.idempotency.IdempotencyService;
import io.breakwater.core.presentation.interceptor.CallLimitReport;
import io.breakwater.core.presentation.interceptor.ConcurrencyLimiter;
import io.breakwater.core.presentation.interceptor.InterceptorChain;
import io.breakwater.core.presentation.interceptor.InterceptorChain.CallerLimits;
import io.breakwater.core.presentation.interceptor.LimitedCallers;
import io.breakwater.core.presentation.json.MessageParser;
import io.breakwater.core.presentation.method.ToolConfirmation;
import io.breakwater.core.presentation.method.ToolServices;
import io.breakwater.core.presentation.protocol.LargeMessageDispatcher;
import io.breakwater.core.presentation.protocol.McpServer;
import io.breakwater.core.presentation.protocol.common.ProtocolSettings;
import io.breakwater.core.presentation.protocol.common.ServerIdentity;
import io.breakwater.core.presentation.protocol.legacy.LegacyProtocol;
import io.breakwater.core.presentation.protocol.modern.ModernProtocol;
import io.breakwater.core.presentation.tool.batch.BatchCalls;
import io.breakwater.core.presentation.tool.system.HealthEndpoints;
import io.breakwater.core.presentation.toolsource.SourcedToolRegistration;
import io.breakwater.port.AccessExplanation;
import io.breakwater.port.CallContext;
import io.breakwater.port.CredentialExplanation;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.SettingNames;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.port.driving.HttpResource;
import io.breakwater.port.driving.McpEndpoint;
import io.breakwater.port.driving.MemoryBudget;
import io.breakwater.port.driving.Transport;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.interceptor.InterceptedCall;
import io.breakwater.server.settings.AccessRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates and connects the components of a server; {@link CacheAssembly} does so for the result cache, {@link
 * AuthenticationAssembly} for authentication, {@link ServiceAssembly} for HTTP services, and {@link PackAssembly} for the
 * built-in packs. No other class depends on
 * presentation, business and data.
 */
final class ServerGraph {
    private static final Map<String, TargetKind> TARGETS = Map.of(
            "tools/call", TargetKind.TOOL, "prompts/get", TargetKind.PROMPT, "resources/read", TargetKind.RESOURCE);

    private static final Logger LOG = LoggerFactory.getLogger("io.breakwater.server");

    /** The confirmed calls within the input timeout for which memory suffices: about 30 MiB. */
    private static final int MAX_NONCES = 100_000;

    private static final long MAX_STORE_BYTES =
            Capacity.bytes(Runtime.getRuntime().maxMemory());

    private final ServerExecutors executors;
    private final ServerMetrics metrics;
    private final Registry registry = new Registry();
    private final RefusedAccesses refusedAccesses = new RefusedAccesses();
    private final AccessControl accessControl;
    private final CatalogAccess catalog;
    private final Health health;
    private final Readiness readiness;
    private final ConcurrencyLimiter concurrencyLimiter;
    private final MemoryBudget memory;
    private final SettingNames settingNames;
    private final Sealer sealer;
    private final CacheAssembly cacheAssembly;
    private final @Nullable AuditAssembly audit;
    private final QuotaAssembly quotas;
    private final ServiceAssembly httpServices;
    private final ModernProtocol modern;
    private final LegacyProtocol legacy;
    private final McpEndpoint endpoint;
    private final Authenticator authenticator;
    private final List<HttpResource> httpResources;
    private final List<AutoCloseable> closeables;
    private final Map<String, Integer> namesInUse = new ConcurrentHashMap<>();

    private ServerGraph(BreakwaterBuilder builder) {
        executors = builder.executors == null ? ServerExecutors.standard() : builder.executors;
        metrics = builder.meterRegistry == null
                ? ServerMetrics.standalone(executors)
                : new ServerMetrics(builder.meterRegistry, executors);
        builder.metrics.forEach(source -> source.accept(metrics));
        health = createHealth(builder);
        readiness = new Readiness(health);
        httpResources = httpResources(builder);
        sealer = sealer(builder);
        concurrencyLimiter = new ConcurrencyLimiter(
                builder.limits.concurrency(),
                builder.concurrency,
                address -> FailureSource.of(address).network(),
                executors,
                metrics);
        memory = builder.memory.budget();
        settingNames = builder.settingNames;
        health.watch(new HeapMemoryBudget(memory, settingNames));
        metrics.gauge(
                "mcp_memory_bytes",
                "Upper bound of the heap that messages in progress occupy.",
                Map.of(),
                memory::used);
        metrics.gauge("mcp_memory_limit_bytes", "Heap that messages in progress may occupy.", Map.of(), memory::limit);
        audit = builder.auditLog == null
                ? null
                : AuditAssembly.of(builder.auditLog, builder.onAuditFailure, executors, metrics);
        if (audit != null) {
            health.register(audit.dependency());
        }
        var limitedCallers = new LimitedCallers(builder.rateLimits.localCallers());
        quotas = new QuotaAssembly(builder, limitedCallers, executors, metrics);
        httpServices = new ServiceAssembly(builder, executors, metrics, health);
        var rates = new RateLimitAssembly(builder, executors, metrics).limiter(registry);
        var guard = guard(builder, new CallerLimits(rates, limitedCallers, quotas.calls()));
        var runtime = runtime(builder, guard);
        var identity = new ServerIdentity(builder.name, builder.title, builder.version, builder.instructions);
        var settings = new ProtocolSettings(
                builder.limits.pageSize(),
                builder.limits.listTtl(),
                builder.limits.taskTtl(),
                limiter(builder.capacity.subscriptions()),
                runtime.limits(),
                AuthenticationAssembly.extensions(builder.authentication));
        accessControl = new AccessControl(
                builder.accessRules, AuthenticationAssembly.accessPolicy(builder), ServerGraph::logPolicyFault);
        accessControl.onChange(registry::accessChanged);
        catalog = new CatalogAccess(
                registry, accessControl, refusedAccesses, AuthenticationAssembly.publicTools(builder));
        cacheAssembly = CacheAssembly.of(builder, accessControl::epoch, executors, metrics);
        cacheAssembly.dependencies().forEach(dependency -> health.register(dependency));
        var services = new ToolServices(
                cacheAssembly.service(),
                idempotency(builder),
                confirmation(builder),
                new CallLimitReport(rates, limitedCallers, concurrencyLimiter, quotas::usage));
        var batches = new BatchCalls(catalog, runtime, guard.itemChain(), services);
        var sessions = sessions(builder);
        var packs = new PackAssembly(
                builder,
                executors,
                metrics,
                health,
                sealer,
                catalog,
                batches,
                quotas,
                this::notifyUpdated,
                administration -> new AdminAssembly(administration, cacheAssembly, sessions, this::endSession));
        builder.packs.forEach(pack -> builder.pack(packs.create(pack)));
        populate(builder);
        modern = new ModernProtocol(runtime, catalog, identity, settings, services, sealer, tasks(builder));
        legacy = new LegacyProtocol(runtime, catalog, identity, settings, services, sessions, events(builder));
        metrics.register("initialize", null);
        modern.methods().forEach(method -> metrics.register(method, null));
        legacy.methods().forEach(method -> metrics.register(method, null));
        authenticator = AuthenticationAssembly.authenticator(builder, executors, metrics);
        closeables = List.copyOf(builder.closeables).reversed();
        var protocol = new McpServer(
                new MessageParser(builder.limits.maxMessageBytes()), runtime.rejectionListener(), modern, legacy);
        endpoint = new LargeMessageDispatcher(protocol, executors.cpuPool());
    }

    static ServerGraph of(BreakwaterBuilder builder) {
        var graph = new ServerGraph(builder);
        graph.health.start();
        return graph;
    }

    private InterceptorChain guard(BreakwaterBuilder builder, CallerLimits callerLimits) {
        return InterceptorChain.of(
                metrics,
                builder.requestLogging,
                AuthenticationAssembly.challenges(builder),
                this::recordRefusal,
                callerLimits,
                concurrencyLimiter,
                this::hasKnownOutage,
                builder.interceptors,
                audit);
    }

    /** The audit log knows of its own outage a moment before the health report does. */
    private boolean hasKnownOutage(@Nullable String reason) {
        return health.hasKnownOutage(reason) || (audit != null && audit.failure() != null);
    }

    private CallRuntime runtime(BreakwaterBuilder builder, InterceptorChain guard) {
        var limits = new CallLimits(
                builder.limits.deadline(),
                builder.limits.streamAfter(),
                builder.limits.inputTimeout(),
                builder.limits.maxPendingInputs(),
                builder.limits.maxResultBytes());
        return CallRuntime.of(
                executors, guard.chain(), guard.rejectionListener(), limits, settingNames, builder.tracing);
    }

    private void recordRefusal(InterceptedCall call) {
        var kind = call.target().isEmpty() ? null : TARGETS.get(call.method());
        refusedAccesses.add(
                call.requestId(),
                call.principal(),
                kind == null ? call.method() : kind.word(),
                call.target(),
                call.accessDecision());
    }

    private Health createHealth(BreakwaterBuilder builder) {
        var monitored = new Health(
                builder.health,
                new ServerInfo(builder.version, builder.environment),
                metrics,
                builder.hostGauges,
                new ExecutorScheduler(executors),
                new LoggingHealthListener(CacheAssembly.isShared(builder) ? builder.cacheDependencies : Set.of()));
        monitored.bindTo(metrics);
        builder.dependencies.forEach(dependency -> monitored.register(dependency));
        return monitored;
    }

    private void populate(BreakwaterBuilder builder) {
        registry.onChange(change -> registerTools());
        registry.addTools(builder.tools);
        builder.sources.forEach(source -> SourcedToolRegistration.adopt(source, registry));
        builder.resources.forEach(registry::add);
        builder.templates.forEach(registry::add);
        builder.prompts.forEach(registry::add);
        registerTools();
    }

    /** Registers the tools for metrics, whose labels come from the catalog, and for the limits on their calls. */
    private void registerTools() {
        registry.snapshot().tools().forEach((name, tool) -> {
            metrics.register("tools/call", name);
            concurrencyLimiter.register(tool.definition());
        });
    }

    private Sealer sealer(BreakwaterBuilder builder) {
        var ring = builder.secrets.isEmpty() ? KeyRing.generated() : KeyRing.of(builder.secrets);
        return new Sealer(ring, executors.clock());
    }

    private ToolConfirmation confirmation(BreakwaterBuilder builder) {
        var nonces = builder.nonces == null ? new MemoryNonces(MAX_NONCES, executors.clock()) : builder.nonces;
        return new ToolConfirmation(
                new ConsentService(nonces, builder.limits.inputTimeout()),
                builder.confirmationFallback,
                catalog,
                "server " + builder.name + ", environment " + builder.environment);
    }

    private SessionService sessions(BreakwaterBuilder builder) {
        var store = builder.sessions == null
                ? new MemorySessions(
                        limiter(builder.capacity.sessions()), builder.capacity.sessionIdle(), executors::nanoTime)
                : builder.sessions;
        metrics.gauge("mcp_active_sessions", "Legacy sessions that are open.", Map.of(), store::count);
        return new SessionService(store);
    }

    private EventLog events(BreakwaterBuilder builder) {
        var limits = LogLimits.forHeap(Runtime.getRuntime().maxMemory());
        return new EventLog(
                builder.streamLog == null ? new MemoryStreamLog(limits, executors::nanoTime) : builder.streamLog,
                failure -> LOG.warn(
                        "Messages of streams cannot be stored, so clients cannot resume these streams: {}",
                        failure.getMessage(),
                        failure.getCause()));
    }

    private TaskService tasks(BreakwaterBuilder builder) {
        return new TaskService(
                builder.tasks == null
                        ? new MemoryTasks(limiter(builder.capacity.tasks()), executors.clock())
                        : builder.tasks);
    }

    private IdempotencyService idempotency(BreakwaterBuilder builder) {
        var keys = new IdempotencyKeys(builder.idempotencySettings.retention());
        var meter = new IdempotencyMeter(metrics);
        var store = builder.idempotency;
        if (store == null) {
            return new IdempotencyService(keys, null, null, meter);
        }
        var claims = new ClaimedCalls(store, builder.limits.inputTimeout());
        ClaimRenewal.start(claims, executors);
        return new IdempotencyService(keys, claims, new RecordedCalls(store), meter);
    }

    private static CapacityLimiter limiter(Capacity.Limit limit) {
        return new CapacityLimiter(limit.total(), limit.perPrincipal(), MAX_STORE_BYTES);
    }

    private List<HttpResource> httpResources(BreakwaterBuilder builder) {
        var all = new ArrayList<>(HealthEndpoints.of(health, readiness));
        all.addAll(AuthenticationAssembly.httpResources(builder));
        all.add(RefusedAccessEndpoint.of(
                refusedAccesses::find,
                refused -> catalog.view(refused.principal()).explain(refused)));
        for (var resource : builder.httpResources) {
            if (all.stream().anyMatch(other -> conflict(other, resource))) {
                throw new IllegalArgumentException("Two HTTP resources have the path " + resource.path()
                        + ". Choose another path for one of them.");
            }
            all.add(resource);
        }
        return List.copyOf(all);
    }

    /** Whether two resources have one path on one listener; both listeners serve the probes. */
    private static boolean conflict(HttpResource one, HttpResource other) {
        return one.path().equals(other.path())
                && (one.listener() == other.listener() || isProbe(one) || isProbe(other));
    }

    private static boolean isProbe(HttpResource resource) {
        return resource.access() instanceof HttpResource.Access.Probe;
    }

    List<HttpResource> httpResources() {
        return httpResources;
    }

    Registry registry() {
        return registry;
    }

    AccessControl accessControl() {
        return accessControl;
    }

    AccessExplanation explainAccess(Principal principal, TargetKind kind, String name, Json.@Nullable Obj arguments) {
        return catalog.view(principal).explain(kind, name, arguments);
    }

    /** Explains a credential; every credential means the anonymous principal without the standard authentication. */
    CompletableFuture<CredentialExplanation> explainCredential(String credential) {
        return authenticator instanceof CredentialAuthenticator standard
                ? standard.explain(credential)
                : CompletableFuture.completedFuture(CredentialExplanation.accepted(Principal.ANONYMOUS));
    }

    Set<String> names(TargetKind kind) {
        return catalog.registry().snapshot().names(kind);
    }

    List<String> reviewRules(AccessRules rules) {
        var snapshot = catalog.registry().snapshot();
        return new RuleReview(
                        snapshot::names,
                        tool -> requireNonNull(snapshot.tools().get(tool))
                                .definition()
                                .inputSchema())
                .warnings(rules);
    }

    RefusedAccesses refusedAccesses() {
        return refusedAccesses;
    }

    private static void logPolicyFault(Throwable fault) {
        LOG.error("The access policy failed, so access is denied. Correct the policy.", fault);
    }

    /**
     * Watches the dependencies of a transport. If the name is already in use by another transport, it gets a number.
     */
    void watchDependencies(List<Dependency> dependencies) {
        for (var dependency : dependencies) {
            int count = namesInUse.merge(dependency.name(), 1, Integer::sum);
            var name = count == 1 ? dependency.name() : dependency.name() + "-" + count;
            health.register(new Dependency(name, dependency.need(), dependency.probe(), dependency.signal()));
        }
    }

    /** What a transport serves. */
    Transport.Host host() {
        return new Transport.Host(endpoint, authenticator, httpResources(), metrics, memory, settingNames);
    }

    Readiness readiness() {
        return readiness;
    }

    void notifyUpdated(String uri) {
        modern.updated(uri);
        legacy.updated(uri);
    }

    private boolean endSession(String id, CallContext context) {
        return legacy.end(id, context);
    }

    void endStreams() {
        modern.endStreams();
        legacy.endStreams();
    }

    /** Closes everything; returns true if the audit log accepted all entries. */
    boolean close() {
        cacheAssembly.close();
        boolean recorded = audit == null || audit.close();
        quotas.close();
        httpServices.close();
        metrics.close();
        closeables.forEach(ServerGraph::close);
        executors.close();
        return recorded;
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            LOG.warn("Could not close {}", closeable.getClass().getSimpleName(), e);
        }
    }
}
