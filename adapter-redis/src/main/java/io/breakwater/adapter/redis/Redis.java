package io.breakwater.adapter.redis;

import io.breakwater.adapter.redis.RedisSettings.Cluster;
import io.breakwater.adapter.redis.RedisSettings.Sentinel;
import io.breakwater.adapter.redis.RedisSettings.Single;
import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.CacheStore;
import io.breakwater.port.driven.CheckSignal;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driven.EventBus;
import io.breakwater.port.driven.Leases;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;

/**
 * What replicas share in one Redis: the second tier of the cache, an event bus, leases. Made at once, whether Redis is
 * there or not; connected in the background, and again after every loss.
 *
 * <p>Every operation of its parts answers within {@link RedisSettings#operationTime}, if only with
 * {@link io.breakwater.port.PortException.UnavailableException}. Thread-safe.
 */
public final class Redis implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Redis.class);

    private final CheckSignal signal = new CheckSignal();
    private final ConnectionManager link;
    private final CommandExecutor calls;
    private final CacheStore cacheStore;
    private final Leases leases;
    private final RedisEventBus eventBus;
    private volatile boolean closed;

    private Redis(RedisSettings settings) {
        var opening = ClientFactory.of(settings);
        var names = new KeyNames(settings.prefix());
        LOG.info("Using Redis at {}", place(settings));
        this.link = new ConnectionManager(opening);
        this.calls = new CommandExecutor(link, settings);
        this.cacheStore = new RedisCacheStore(calls, names, settings.valueBytes());
        this.leases = new RedisLeases(calls, names);
        this.eventBus = new RedisEventBus(calls, names, new Subscriber(link, opening, settings.connectTime(), signal));
        Thread.ofVirtual().name("redis-warm-up").start(this::warmUp);
    }

    /**
     * Begins to connect.
     *
     * @throws PortException.RefusedException when a file of {@link RedisSettings.Tls} cannot be read or understood
     */
    public static Redis open(RedisSettings settings) {
        return new Redis(settings);
    }

    /** Other lines and the health report, which more people read, have no address. */
    private static String place(RedisSettings settings) {
        var addresses = switch (settings.servers()) {
            case Single single -> List.of(single.address());
            case Sentinel sentinel -> sentinel.addresses();
            case Cluster cluster -> cluster.addresses();
        };
        return addresses.stream()
                .map(address -> address.host() + ":" + address.port())
                .collect(Collectors.joining(", ", "", settings.tls() == null ? "" : ", with TLS"));
    }

    /** So that no caller waits for the first connection, nor for classes to load. */
    private void warmUp() {
        try {
            calls.warmUp();
        } catch (PortException e) {
            if (!closed) {
                LOG.info("Redis is not there yet: {}", e.getMessage());
            }
        }
    }

    /** The second tier of the cache: a value larger than {@link RedisSettings#valueBytes} is not kept. */
    public CacheStore cacheStore() {
        return cacheStore;
    }

    /** What one replica publishes is heard by all. */
    public EventBus eventBus() {
        return eventBus;
    }

    /** What one replica holds, no other has. */
    public Leases leases() {
        return leases;
    }

    /** Is there when it answers a PING; without it the server caches less, and needs it as much as is said here. */
    public Dependency dependency(Dependency.Need need) {
        return new Dependency("redis", need, scope -> calls.retry(UnifiedJedis::ping), signal);
    }

    /** Shows how its connections are used. */
    public void bindMetrics(MetricSink figures) {
        calls.bindMetrics(figures);
        link.bindMetrics(figures);
        eventBus.bindMetrics(figures);
    }

    /** Gives back every connection and ends every thread. What is asked afterwards is unavailable. */
    @Override
    public void close() {
        closed = true;
        eventBus.close();
        link.close();
        calls.close();
    }
}
