package io.breakwater.server;

import io.breakwater.port.MetricSink;
import io.breakwater.port.driven.BudgetStore;
import io.breakwater.port.driven.CacheStore;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driven.EventBus;
import io.breakwater.port.driven.HostGauges;
import io.breakwater.port.driven.Leases;
import io.breakwater.port.driven.Sessions;
import io.breakwater.port.driven.StreamLog;
import io.breakwater.port.driven.Tasks;
import io.breakwater.port.driven.ToolSource;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.interceptor.Authenticator;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.interceptor.RequestLogging;
import io.breakwater.server.mcp.Pack;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceTemplate;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.settings.HealthSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server being put together. Everything has a default that works: threads of its own, stores in memory, keys drawn at
 * random for the life of the process. Not thread-safe.
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
    final List<Dependency> dependencies = new ArrayList<>();
    final Set<String> cacheDependencies = new HashSet<>();
    final List<Consumer<MetricSink>> metrics = new ArrayList<>();
    final List<AutoCloseable> belongings = new ArrayList<>();
    final List<byte[]> secrets = new ArrayList<>();
    final List<BuiltInPack> packs = new ArrayList<>();
    Limits limits = Limits.STANDARD;
    Capacity capacity = Capacity.STANDARD;
    MemoryLimits memory = MemoryLimits.STANDARD;
    Authenticator identification = Authenticator.NONE;
    RequestLogging requestLogging = RequestLogging.ERRORS;
    HealthSettings health = HealthSettings.standard();
    HostGauges gauges = HostGauges.NONE;
    CacheSettings cacheSettings = CacheSettings.STANDARD;

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
    BudgetStore budgets;

    @Nullable
    String deployment;

    @Nullable
    CacheStore cache;

    @Nullable
    EventBus eventBus;

    @Nullable
    Leases leases;

    BreakwaterBuilder(String name) {
        this.name = name;
    }

    // ---- what it is ------------------------------------------------------------------------------------------------

    /** A name for people. */
    public BreakwaterBuilder title(String title) {
        this.title = title;
        return this;
    }

    /** The server's version. */
    public BreakwaterBuilder version(String version) {
        this.version = version;
        return this;
    }

    /** Where it runs: {@code production}, for instance. */
    public BreakwaterBuilder environment(String environment) {
        this.environment = environment;
        return this;
    }

    /** How a model should use it. */
    public BreakwaterBuilder instructions(@Nullable String instructions) {
        this.instructions = instructions;
        return this;
    }

    // ---- what it offers --------------------------------------------------------------------------------------------

    /** A tool. */
    public BreakwaterBuilder tool(Tool tool) {
        tools.add(tool);
        return this;
    }

    /** A resource. */
    public BreakwaterBuilder resource(Resource resource) {
        resources.add(resource);
        return this;
    }

    /** A family of resources. */
    public BreakwaterBuilder resource(ResourceTemplate template) {
        templates.add(template);
        return this;
    }

    /** A prompt. */
    public BreakwaterBuilder prompt(Prompt prompt) {
        prompts.add(prompt);
        return this;
    }

    /** Everything a pack holds. */
    public BreakwaterBuilder pack(Pack pack) {
        pack.tools().forEach(this::tool);
        pack.resources().forEach(this::resource);
        pack.templates().forEach(this::resource);
        pack.prompts().forEach(this::prompt);
        return this;
    }

    /** One of the packs that ship. */
    public BreakwaterBuilder pack(BuiltInPack choice) {
        packs.add(choice);
        return this;
    }

    /** Tools that come from elsewhere; when the source changes, so does the catalogue. */
    public BreakwaterBuilder tools(ToolSource source) {
        sources.add(source);
        return this;
    }

    // ---- how it works ----------------------------------------------------------------------------------------------

    /** A step of the guard, after ours and in the order they are given. */
    public BreakwaterBuilder interceptor(Interceptor interceptor) {
        interceptors.add(interceptor);
        return this;
    }

    /** On whose behalf messages come; everybody is the same principal when not said. */
    public BreakwaterBuilder authenticator(Authenticator identification) {
        this.identification = identification;
        return this;
    }

    /** Other bounds. */
    public BreakwaterBuilder limits(Limits limits) {
        this.limits = limits;
        return this;
    }

    /** Room for more, or less, in the stores in memory. Stores of your own have bounds of their own. */
    public BreakwaterBuilder capacity(Capacity capacity) {
        this.capacity = capacity;
        return this;
    }

    /** How much heap the messages at work may occupy; a quarter of it when not said. */
    public BreakwaterBuilder memory(MemoryLimits memory) {
        this.memory = memory;
        return this;
    }

    /** Which calls are logged; those that failed when not said. */
    public BreakwaterBuilder requestLogging(RequestLogging mode) {
        this.requestLogging = mode;
        return this;
    }

    /** Threads and a clock of your own. They are closed together with the server. */
    public BreakwaterBuilder executors(ServerExecutors lanes) {
        this.executors = lanes;
        return this;
    }

    /** Where metrics are shown. */
    public BreakwaterBuilder meterRegistry(MeterRegistry registry) {
        this.meterRegistry = registry;
        return this;
    }

    /** When the server counts as ill. */
    public BreakwaterBuilder health(HealthSettings settings) {
        this.health = settings;
        return this;
    }

    /** How the machine stands. */
    public BreakwaterBuilder hostGauges(HostGauges gauges) {
        this.gauges = gauges;
        return this;
    }

    /** Something that shows figures of its own among the server's; told once where to. */
    public BreakwaterBuilder metrics(Consumer<MetricSink> source) {
        metrics.add(source);
        return this;
    }

    /** Something that belongs to the server alone and is closed after it. */
    public BreakwaterBuilder onClose(AutoCloseable belonging) {
        belongings.add(belonging);
        return this;
    }

    /** Something the server leans on, watched for its health report. */
    public BreakwaterBuilder dependency(Dependency dependency) {
        dependencies.add(dependency);
        return this;
    }

    /**
     * Something that holds the shared cache, the event bus or the leases, watched for the health report too. The log
     * warns of its loss once, with what it means for the cache.
     */
    public BreakwaterBuilder cacheDependency(Dependency dependency) {
        cacheDependencies.add(dependency.name());
        return dependency(dependency);
    }

    /**
     * A secret of at least 32 bytes to seal what clients keep for us; the newest first. Servers that share secrets
     * open each other's seals. Drawn at random for the life of the process when none is given.
     */
    public BreakwaterBuilder secret(byte[] secret) {
        secrets.add(secret.clone());
        return this;
    }

    /** Where legacy sessions are kept. */
    public BreakwaterBuilder sessions(Sessions sessions) {
        this.sessions = sessions;
        return this;
    }

    /** Where the events of legacy streams are kept. */
    public BreakwaterBuilder streamLog(StreamLog streamLog) {
        this.streamLog = streamLog;
        return this;
    }

    /** Where tasks are kept. */
    public BreakwaterBuilder tasks(Tasks tasks) {
        this.tasks = tasks;
        return this;
    }

    /** Where it is kept what callers' queries have cost today; in memory, each server for itself, when not said. */
    public BreakwaterBuilder budgets(BudgetStore budgets) {
        this.budgets = budgets;
        return this;
    }

    /** How long the packs that ship keep results; 300 s when not said. */
    public BreakwaterBuilder cacheTtl(Duration ttl) {
        this.cacheSettings = cacheSettings.withTtl(ttl);
        return this;
    }

    /** How results are kept, and when they may be stale. */
    public BreakwaterBuilder cacheSettings(CacheSettings settings) {
        this.cacheSettings = settings;
        return this;
    }

    /** Names the servers that may share results; the server's name when not said. */
    public BreakwaterBuilder deployment(String deployment) {
        this.deployment = deployment;
        return this;
    }

    /**
     * A second tier for results, behind the one in memory and shared by the servers of a deployment. While it fails or
     * is slow, calls go on without it.
     */
    public BreakwaterBuilder cache(CacheStore cache) {
        this.cache = cache;
        return this;
    }

    /** How the servers of a deployment tell each other that results are no longer true. */
    public BreakwaterBuilder eventBus(EventBus bus) {
        this.eventBus = bus;
        return this;
    }

    /** How the servers of a deployment agree on who makes a result. */
    public BreakwaterBuilder leases(Leases leases) {
        this.leases = leases;
        return this;
    }

    /**
     * The finished server; it serves nobody yet.
     *
     * @throws IllegalArgumentException when something it should offer could not be used; the message says what
     */
    public Breakwater build() {
        return new Breakwater(ServerGraph.of(this));
    }
}
