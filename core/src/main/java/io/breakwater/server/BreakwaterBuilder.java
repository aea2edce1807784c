package io.breakwater.server;

import io.breakwater.port.MetricSink;
import io.breakwater.port.SettingNames;
import io.breakwater.port.Tracing;
import io.breakwater.port.driven.AccessPolicy;
import io.breakwater.port.driven.AuditLog;
import io.breakwater.port.driven.CacheStore;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driven.EventBus;
import io.breakwater.port.driven.HostGauges;
import io.breakwater.port.driven.IdempotencyStore;
import io.breakwater.port.driven.Leases;
import io.breakwater.port.driven.NonceStore;
import io.breakwater.port.driven.QuotaStore;
import io.breakwater.port.driven.RateLimits;
import io.breakwater.port.driven.RevocationStore;
import io.breakwater.port.driven.Sessions;
import io.breakwater.port.driven.StreamLog;
import io.breakwater.port.driven.Tasks;
import io.breakwater.port.driven.ToolSource;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.port.driving.HttpResource;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.interceptor.RequestLogging;
import io.breakwater.server.mcp.Pack;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceTemplate;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.settings.AccessRules;
import io.breakwater.server.settings.AuditFailurePolicy;
import io.breakwater.server.settings.ConcurrencySettings;
import io.breakwater.server.settings.ConfirmationFallback;
import io.breakwater.server.settings.HealthSettings;
import io.breakwater.server.settings.IdempotencySettings;
import io.breakwater.server.settings.QuotaSettings;
import io.breakwater.server.settings.RateLimitSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Breakwater} server. Every setting has a working default: own threads, stores in memory, and random
 * keys that last as long as the process. Not thread-safe.
 */
public final class BreakwaterBuilder {
    final String name;

    @Nullable
    String title;

    String version = "0";
    String environment = "default";

    @Nullable
    String instructions;

    final List<Tool> tools = new ArrayList<>();
    final List<Resource> resources = new ArrayList<>();
    final List<ResourceTemplate> templates = new ArrayList<>();
    final List<Prompt> prompts = new ArrayList<>();
    final List<ToolSource> sources = new ArrayList<>();
    final List<Interceptor> interceptors = new ArrayList<>();
    final List<HttpResource> httpResources = new ArrayList<>();
    final List<Dependency> dependencies = new ArrayList<>();
    final Set<String> cacheDependencies = new HashSet<>();
    final List<Consumer<MetricSink>> metrics = new ArrayList<>();
    final List<AutoCloseable> closeables = new ArrayList<>();
    final List<byte[]> secrets = new ArrayList<>();
    final List<BuiltInPack> packs = new ArrayList<>();
    Limits limits = Limits.STANDARD;
    RateLimitSettings rateLimits = RateLimitSettings.STANDARD;
    QuotaSettings quotas = QuotaSettings.OFF;
    Capacity capacity = Capacity.STANDARD;
    ConcurrencySettings concurrency = ConcurrencySettings.STANDARD;
    MemoryLimits memory = MemoryLimits.STANDARD;
    SettingNames settingNames = SettingNames.JAVA;
    Authenticator authenticator = Authenticator.ANONYMOUS;

    @Nullable
    StandardAuthentication authentication;

    RequestLogging requestLogging = RequestLogging.ERRORS;
    HealthSettings health = HealthSettings.standard();
    HostGauges hostGauges = HostGauges.NONE;
    CacheSettings cacheSettings = CacheSettings.STANDARD;
    Tracing tracing = Tracing.NONE;
    AccessRules accessRules = AccessRules.NONE;

    @Nullable
    AccessPolicy accessPolicy;

    @Nullable
    String resourceMetadata;

    @Nullable
    RevocationStore revocations;

    String localIssuer = "";
    Duration revocationsTimeout = Duration.ofSeconds(5);

    @Nullable
    ServerExecutors executors;

    @Nullable
    MeterRegistry meterRegistry;

    @Nullable
    Sessions sessions;

    @Nullable
    StreamLog streamLog;

    @Nullable
    Tasks tasks;

    @Nullable
    NonceStore nonces;

    ConfirmationFallback confirmationFallback = ConfirmationFallback.REFUSE;

    @Nullable
    QuotaStore quotaStore;

    @Nullable
    IdempotencyStore idempotency;

    IdempotencySettings idempotencySettings = IdempotencySettings.standard();

    @Nullable
    AuditLog auditLog;

    AuditFailurePolicy onAuditFailure = AuditFailurePolicy.DENY_WRITES;

    @Nullable
    String deployment;

    @Nullable
    CacheStore cache;

    @Nullable
    EventBus eventBus;

    @Nullable
    Leases leases;

    @Nullable
    RateLimits sharedRateLimits;

    @Nullable
    ConfiguredServices services;

    BreakwaterBuilder(String name) {
        this.name = notBlank(name, "named");
    }

    private static <T> T given(T value, String method) {
        return Objects.requireNonNull(
                value, () -> method + "(...) does not accept null. Pass a value, or omit the call.");
    }

    private static String notBlank(String name, String method) {
        Objects.requireNonNull(name, () -> method + "(...) does not accept null. Pass a name.");
        if (name.isBlank()) {
            throw new IllegalArgumentException(method + "(...) does not accept an empty name.");
        }
        return name;
    }

    // ---- identity --------------------------------------------------------------------------------------------------

    /** Sets the name that is shown to users. */
    public BreakwaterBuilder title(String title) {
        given(title, "title");
        this.title = title;
        return this;
    }

    /** Sets the version of the server; the default is {@code 0}. */
    public BreakwaterBuilder version(String version) {
        if (given(version, "version").isEmpty()) {
            throw new IllegalArgumentException("version(...) does not accept an empty version.");
        }
        this.version = version;
        return this;
    }

    /** Sets the environment that the server runs in, for example {@code production}. */
    public BreakwaterBuilder environment(String environment) {
        given(environment, "environment");
        this.environment = environment;
        return this;
    }

    /** Sets the instructions that tell a model how to use the server. */
    public BreakwaterBuilder instructions(@Nullable String instructions) {
        this.instructions = instructions;
        return this;
    }

    // ---- catalog ---------------------------------------------------------------------------------------------------

    /** Adds a tool. */
    public BreakwaterBuilder tool(Tool tool) {
        given(tool, "tool");
        tools.add(tool);
        return this;
    }

    /** Adds a resource. */
    public BreakwaterBuilder resource(Resource resource) {
        given(resource, "resource");
        resources.add(resource);
        return this;
    }

    /** Adds a resource template. */
    public BreakwaterBuilder resource(ResourceTemplate template) {
        given(template, "resource");
        templates.add(template);
        return this;
    }

    /** Adds a prompt. */
    public BreakwaterBuilder prompt(Prompt prompt) {
        given(prompt, "prompt");
        prompts.add(prompt);
        return this;
    }

    /** Adds all tools, resources, templates and prompts of a pack. */
    public BreakwaterBuilder pack(Pack pack) {
        given(pack, "pack");
        pack.tools().forEach(this::tool);
        pack.resources().forEach(this::resource);
        pack.templates().forEach(this::resource);
        pack.prompts().forEach(this::prompt);
        return this;
    }

    /** Adds a built-in pack. */
    public BreakwaterBuilder pack(BuiltInPack pack) {
        given(pack, "pack");
        packs.add(pack);
        return this;
    }

    /** Adds the tools of a tool source; when the source changes, the catalog follows. */
    public BreakwaterBuilder tools(ToolSource source) {
        given(source, "tools");
        sources.add(source);
        return this;
    }

    // ---- operation -------------------------------------------------------------------------------------------------

    /** Adds an interceptor. Interceptors run after the built-in ones, in the order in which they are added. */
    public BreakwaterBuilder interceptor(Interceptor interceptor) {
        given(interceptor, "interceptor");
        interceptors.add(interceptor);
        return this;
    }

    /**
     * Adds a path that transports serve beside the MCP endpoint, for example a page for operators. The paths of the
     * health endpoints ({@code /live}, {@code /ready}, {@code /health}) are taken.
     */
    public BreakwaterBuilder httpResource(HttpResource resource) {
        given(resource, "httpResource");
        httpResources.add(resource);
        return this;
    }

    /**
     * Sets the authenticator, which determines the sender of each message. By default, all callers are the same
     * anonymous principal.
     */
    public BreakwaterBuilder authenticator(Authenticator authenticator) {
        given(authenticator, "authenticator");
        this.authenticator = authenticator;
        this.authentication = null;
        return this;
    }

    /**
     * Sets the standard authentication, by API keys and access tokens, in place of an authenticator. It also adds the
     * OAuth metadata of the server, if the authentication has one.
     */
    public BreakwaterBuilder authentication(StandardAuthentication authentication) {
        given(authentication, "authentication");
        this.authentication = authentication;
        return this;
    }

    /**
     * Sets the rules that decide what callers may see and do. Without rules, everything is allowed whose definition the
     * caller meets. {@link Breakwater#accessRules} replaces them while the server runs.
     */
    public BreakwaterBuilder accessRules(AccessRules rules) {
        given(rules, "accessRules");
        this.accessRules = rules;
        return this;
    }

    /** Sets a policy that restricts access further than the rules and the requirements of definitions do. */
    public BreakwaterBuilder accessPolicy(AccessPolicy policy) {
        given(policy, "accessPolicy");
        this.accessPolicy = policy;
        return this;
    }

    /**
     * Sets the URL of the protected resource metadata (RFC 9728), which challenges name unless the server serves this
     * document itself ({@link StandardAuthentication#withResource}).
     *
     * @throws IllegalArgumentException if it is not an absolute URL
     */
    public BreakwaterBuilder resourceMetadata(String url) {
        given(url, "resourceMetadata");
        if (!url.matches("https?://[!#-\\[\\]-~]+")) {
            throw new IllegalArgumentException("resourceMetadata(...) needs an absolute URL, not \"" + url + "\".");
        }
        this.resourceMetadata = url;
        return this;
    }

    /** Sets the limits of the server. */
    public BreakwaterBuilder limits(Limits limits) {
        given(limits, "limits");
        this.limits = limits;
        return this;
    }

    /**
     * Sets the limits on the rate of calls; by default, {@link RateLimitSettings#STANDARD}. A tool may have a limit of
     * its own ({@code Tool.Builder.rateLimit}).
     */
    public BreakwaterBuilder rateLimits(RateLimitSettings settings) {
        given(settings, "rateLimits");
        this.rateLimits = settings;
        return this;
    }

    /**
     * Sets how much callers may use in a day; by default, there are no quotas. They apply to the callers to which the rate
     * limits apply.
     */
    public BreakwaterBuilder quotas(QuotaSettings settings) {
        given(settings, "quotas");
        this.quotas = settings;
        return this;
    }

    /** Sets the capacity of the stores in memory. It does not apply to stores that are passed to this builder. */
    public BreakwaterBuilder capacity(Capacity capacity) {
        given(capacity, "capacity");
        this.capacity = capacity;
        return this;
    }

    /**
     * Sets how calls share the capacity of the server, below {@link Limits#concurrency}: the shares of principals and
     * tools, the limits that follow the latency, and the queue.
     */
    public BreakwaterBuilder concurrency(ConcurrencySettings settings) {
        given(settings, "concurrency");
        this.concurrency = settings;
        return this;
    }

    /** Sets how much heap the messages in progress may occupy; the default is a quarter of the heap. */
    public BreakwaterBuilder memory(MemoryLimits memory) {
        given(memory, "memory");
        this.memory = memory;
        return this;
    }

    /**
     * Sets how messages of the server and its transports name settings. By default they name the components of the
     * settings records, such as {@code HttpSettings.port}; an application with a configuration file of its own can name
     * the keys of that file.
     */
    public BreakwaterBuilder settingNames(SettingNames names) {
        given(names, "settingNames");
        this.settingNames = names;
        return this;
    }

    /** Sets which calls are logged; by default, failed calls. */
    public BreakwaterBuilder requestLogging(RequestLogging mode) {
        given(mode, "requestLogging");
        this.requestLogging = mode;
        return this;
    }

    /** Sets the threads and the clock of the server. They are closed together with the server. */
    public BreakwaterBuilder executors(ServerExecutors executors) {
        given(executors, "executors");
        this.executors = executors;
        return this;
    }

    /** Sets the registry that publishes the metrics. */
    public BreakwaterBuilder meterRegistry(MeterRegistry registry) {
        given(registry, "meterRegistry");
        this.meterRegistry = registry;
        return this;
    }

    /**
     * Sets how calls are traced. By default they are not, which costs nothing. Handlers and drivers open spans with
     * {@link io.breakwater.port.CallContext#span}.
     */
    public BreakwaterBuilder tracing(Tracing tracing) {
        given(tracing, "tracing");
        this.tracing = tracing;
        return this;
    }

    /** Sets the thresholds that decide whether the server is healthy. */
    public BreakwaterBuilder health(HealthSettings settings) {
        given(settings, "health");
        this.health = settings;
        return this;
    }

    /** Sets the source of the host's CPU, memory and disk usage. */
    public BreakwaterBuilder hostGauges(HostGauges hostGauges) {
        given(hostGauges, "hostGauges");
        this.hostGauges = hostGauges;
        return this;
    }

    /** Adds a source of further metrics. It is called once, when the server is built, with the sink for its metrics. */
    public BreakwaterBuilder metrics(Consumer<MetricSink> source) {
        given(source, "metrics");
        metrics.add(source);
        return this;
    }

    /** Adds an object that belongs to this server alone; it is closed after the server. */
    public BreakwaterBuilder onClose(AutoCloseable closeable) {
        given(closeable, "onClose");
        closeables.add(closeable);
        return this;
    }

    /** Adds a dependency, which the health report then covers. */
    public BreakwaterBuilder dependency(Dependency dependency) {
        given(dependency, "dependency");
        dependencies.add(dependency);
        return this;
    }

    /**
     * Adds the dependency that holds the shared cache, the event bus or the leases. The health report covers it too.
     * When it fails, the log has one warning that names the effect on the cache.
     */
    public BreakwaterBuilder cacheDependency(Dependency dependency) {
        given(dependency, "cacheDependency");
        cacheDependencies.add(dependency.name());
        return dependency(dependency);
    }

    /**
     * Adds a secret of at least 32 bytes, which encrypts the state that clients store for the server. Add the newest
     * secret first. Servers that share a secret can read each other's sealed state. By default, the server uses a
     * random secret that lasts as long as the process.
     */
    public BreakwaterBuilder secret(byte[] secret) {
        given(secret, "secret");
        secrets.add(secret.clone());
        return this;
    }

    /**
     * Sets the store for legacy sessions; the default is in memory. The server uses a store that
     * {@linkplain Sessions#mayBlock may block} on virtual threads only.
     */
    public BreakwaterBuilder sessions(Sessions sessions) {
        given(sessions, "sessions");
        this.sessions = sessions;
        return this;
    }

    /**
     * Sets the store for the events of resumable legacy streams; the default is in memory. The server uses a store that
     * {@linkplain StreamLog#mayBlock may block} on virtual threads only.
     */
    public BreakwaterBuilder streamLog(StreamLog streamLog) {
        given(streamLog, "streamLog");
        this.streamLog = streamLog;
        return this;
    }

    /**
     * Sets the store of revoked tokens. The server requests new revocations twice a second, so {@linkplain
     * #authentication the standard authentication} refuses a revoked token within a second.
     *
     * @param localIssuer the issuer of the tokens that this deployment issues itself; they are not accepted while the
     *     store is not available
     */
    public BreakwaterBuilder revocations(RevocationStore store, String localIssuer) {
        given(store, "revocations");
        this.revocations = store;
        this.localIssuer = notBlank(localIssuer, "revocations");
        return this;
    }

    /**
     * Sets how long the first check of a token waits until the {@linkplain #revocations revoked tokens} are loaded. The
     * default is 5 seconds, and the limit is three quarters of the time limit of a verification.
     */
    public BreakwaterBuilder revocationsTimeout(Duration timeout) {
        given(timeout, "revocationsTimeout");
        this.revocationsTimeout = timeout;
        return this;
    }

    /**
     * Sets the store for tasks; the default is in memory. The server uses a store that {@linkplain Tasks#mayBlock may
     * block} on virtual threads only.
     */
    public BreakwaterBuilder tasks(Tasks tasks) {
        given(tasks, "tasks");
        this.tasks = tasks;
        return this;
    }

    /**
     * Sets the store of used nonces, through which the servers of a deployment accept each confirmation of a user once.
     * By default, each server keeps its own in memory, and accepts only confirmations for which it asked itself.
     */
    public BreakwaterBuilder nonces(NonceStore nonces) {
        given(nonces, "nonces");
        this.nonces = nonces;
        return this;
    }

    /**
     * Sets what happens to a call that a user should confirm if its client cannot show forms; by default, the server
     * refuses it.
     */
    public BreakwaterBuilder confirmationFallback(ConfirmationFallback fallback) {
        given(fallback, "confirmationFallback");
        this.confirmationFallback = fallback;
        return this;
    }

    /**
     * Sets the store for what callers have used of their quotas, which the servers of a deployment share. By default, each
     * server counts in memory, and forgets the usages when it ends. While the store fails, each server counts by itself, and
     * adds this to the store later.
     */
    public BreakwaterBuilder quotaStore(QuotaStore store) {
        given(store, "quotaStore");
        this.quotaStore = store;
        return this;
    }

    /**
     * Sets the store for the results of calls with idempotency keys. Without it, the server refuses keys, except for tools
     * that need no confirmation and whose effect is in a store that records keys itself.
     */
    public BreakwaterBuilder idempotency(IdempotencyStore store) {
        given(store, "idempotency");
        this.idempotency = store;
        return this;
    }

    /** Sets how long idempotency keys are kept; the default is a day. */
    public BreakwaterBuilder idempotencySettings(IdempotencySettings settings) {
        given(settings, "idempotencySettings");
        this.idempotencySettings = settings;
        return this;
    }

    /**
     * Sets the audit log, in which the server records every call. By default it records none. A call of a tool that may
     * change data ({@link Tool.Builder#readOnly} is not set) runs only after the disk has its entry.
     *
     * @param onFailure what happens to calls while the log cannot be written
     */
    public BreakwaterBuilder auditLog(AuditLog log, AuditFailurePolicy onFailure) {
        given(log, "auditLog");
        given(onFailure, "auditLog");
        this.auditLog = log;
        this.onAuditFailure = onFailure;
        return this;
    }

    /** Sets the TTL of the results that the built-in packs cache; the default is 300 s. */
    public BreakwaterBuilder cacheTtl(Duration ttl) {
        given(ttl, "cacheTtl");
        this.cacheSettings = cacheSettings.withTtl(ttl);
        return this;
    }

    /** Sets how results are cached, and when stale results are returned. */
    public BreakwaterBuilder cacheSettings(CacheSettings settings) {
        given(settings, "cacheSettings");
        this.cacheSettings = settings;
        return this;
    }

    /** Sets the name of the deployment, whose servers share cached results; the default is the name of the server. */
    public BreakwaterBuilder deployment(String deployment) {
        notBlank(deployment, "deployment");
        this.deployment = deployment;
        return this;
    }

    /**
     * Sets the shared tier of the result cache, which the servers of a deployment use behind their local tiers. While
     * it fails or is slow, calls continue without it.
     */
    public BreakwaterBuilder cache(CacheStore cache) {
        given(cache, "cache");
        this.cache = cache;
        return this;
    }

    /** Sets the event bus, over which the servers of a deployment exchange invalidations. */
    public BreakwaterBuilder eventBus(EventBus bus) {
        given(bus, "eventBus");
        this.eventBus = bus;
        return this;
    }

    /**
     * Sets the store of rate limits that the servers of a deployment share; by default, each server counts by itself.
     * While the store fails or is slow, each server admits its part of the rates
     * ({@link RateLimitSettings.Sharing#replicas}).
     */
    public BreakwaterBuilder sharedRateLimits(RateLimits store) {
        given(store, "sharedRateLimits");
        this.sharedRateLimits = store;
        return this;
    }

    /**
     * Sets the HTTP services that tools of the application call. The server checks their instances, and its health report
     * covers each service. The services of built-in packs need no call of this method. A server has one object with
     * services: pass the same to this method and to the packs.
     */
    public BreakwaterBuilder services(ConfiguredServices services) {
        given(services, "services");
        this.services = services;
        return this;
    }

    /** Sets the leases, with which the servers of a deployment agree on the server that loads a result. */
    public BreakwaterBuilder leases(Leases leases) {
        given(leases, "leases");
        this.leases = leases;
        return this;
    }

    /**
     * Builds the server. It accepts no clients until {@link Breakwater#serve} is called.
     *
     * @throws IllegalArgumentException if a tool, resource or prompt is not valid; the message names it
     */
    public Breakwater build() {
        return new Breakwater(ServerGraph.of(this));
    }
}
