package io.breakwater.adapter.redis;

import io.breakwater.adapter.redis.RedisSettings.Cluster;
import io.breakwater.adapter.redis.RedisSettings.Sentinel;
import io.breakwater.adapter.redis.RedisSettings.Single;
import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException;
import io.breakwater.port.SettingNames;
import io.breakwater.port.driven.CacheStore;
import io.breakwater.port.driven.CheckSignal;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driven.EventBus;
import io.breakwater.port.driven.Leases;
import io.breakwater.port.driven.NonceStore;
import io.breakwater.port.driven.RateLimits;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;

/**
 * The services that replicas share through one Redis: the shared tier of the cache, an event bus, leases, used nonces
 * and rate limits. The object
 * is usable at once, even when Redis is not available; it connects in the background, and reconnects after a failure.
 *
 * <p>Every operation ends within {@link RedisSettings#operationTimeout}, possibly with
 * {@link io.breakwater.port.PortException.UnavailableException}. Thread-safe.
 */
@OutageBehavior(
        guard = "start",
        dependency = GuardDependency.REDIS,
        failure = "down",
        effect = OutageEffect.DEGRADE,
        behavior = "The server starts and answers. It connects in the background.",
        recovery = "It uses Redis as soon as Redis answers.",
        signal = "health causes `redis` and `cache`",
        details = "redis.md#when-redis-is-down")
public final class RedisServices implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisServices.class);

    private final CheckSignal signal = new CheckSignal();
    private final ConnectionManager connectionManager;
    private final CommandExecutor executor;
    private final CacheStore cacheStore;
    private final Leases leases;
    private final NonceStore nonces;
    private final RateLimits rateLimits;
    private final RedisEventBus eventBus;
    private volatile boolean closed;

    private RedisServices(RedisSettings settings, SettingNames settingNames) {
        var factory = ClientFactory.of(settings, settingNames);
        var names = new KeyNames(settings.prefix());
        LOG.info("Using Redis at {}", describeServers(settings));
        this.connectionManager = new ConnectionManager(factory);
        this.executor = new CommandExecutor(connectionManager, settings);
        this.cacheStore = new RedisCacheStore(executor, names, settings.valueBytes());
        this.leases = new RedisLeases(executor, names);
        this.nonces = new RedisNonces(executor, names);
        this.rateLimits = new RedisRateLimits(executor, names, settings.servers() instanceof Cluster);
        this.eventBus = new RedisEventBus(
                executor, names, new Subscriber(connectionManager, factory, settings.connectTimeout(), signal));
        Thread.ofVirtual().name("redis-warm-up").start(this::warmUp);
    }

    /**
     * Starts to connect in the background.
     *
     * @throws PortException.RefusedException when a file of {@link RedisSettings.Tls} cannot be read or parsed
     */
    public static RedisServices open(RedisSettings settings) {
        return open(settings, SettingNames.JAVA);
    }

    /**
     * Starts to connect in the background; messages use these names of settings.
     *
     * @throws PortException.RefusedException when a file of {@link RedisSettings.Tls} cannot be read or parsed
     */
    public static RedisServices open(RedisSettings settings, SettingNames names) {
        return new RedisServices(settings, names);
    }

    /** Describes the servers with their addresses. Other log lines and the health report contain no addresses. */
    private static String describeServers(RedisSettings settings) {
        var addresses = switch (settings.servers()) {
            case Single single -> List.of(single.address());
            case Sentinel sentinel -> sentinel.addresses();
            case Cluster cluster -> cluster.addresses();
        };
        return addresses.stream()
                .map(address -> address.host() + ":" + address.port())
                .collect(Collectors.joining(", ", "", settings.tls() == null ? "" : ", with TLS"));
    }

    /** Opens the first connection and loads classes, so that no caller waits for them. */
    private void warmUp() {
        try {
            executor.warmUp();
        } catch (PortException e) {
            if (!closed) {
                LOG.info("Redis is not available yet: {}", e.getMessage());
            }
        }
    }

    /** The shared tier of the cache. It does not store values larger than {@link RedisSettings#valueBytes}. */
    public CacheStore cacheStore() {
        return cacheStore;
    }

    /** The event bus: all replicas receive the messages that one replica publishes. */
    public EventBus eventBus() {
        return eventBus;
    }

    /** The leases: at most one replica holds a lease. */
    public Leases leases() {
        return leases;
    }

    /** The used nonces: each counts once on all replicas. */
    public NonceStore nonces() {
        return nonces;
    }

    /** The rate limits: all replicas take from the same buckets. */
    public RateLimits rateLimits() {
        return rateLimits;
    }

    /** The dependency of the health report, with the given need. It is available when Redis replies to a PING. */
    public Dependency dependency(Dependency.Need need) {
        return new Dependency("redis", need, scope -> executor.retry(UnifiedJedis::ping), signal);
    }

    /** Registers the metrics of the connections and of the event bus. */
    public void bindMetrics(MetricSink metrics) {
        executor.bindMetrics(metrics);
        connectionManager.bindMetrics(metrics);
        eventBus.bindMetrics(metrics);
    }

    /** Closes every connection and ends every thread. Later operations fail as unavailable. */
    @Override
    public void close() {
        closed = true;
        eventBus.close();
        connectionManager.close();
        executor.close();
    }
}
