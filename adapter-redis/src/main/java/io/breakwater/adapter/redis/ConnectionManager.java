package io.breakwater.adapter.redis;

import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.Pool;

/**
 * Opens the client for Redis. It retries in the background until it succeeds, because Jedis cannot create a client for
 * a cluster or for Sentinels that are not available. From then on the client stays open, and Jedis reconnects by
 * itself.
 */
final class ConnectionManager implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionManager.class);

    private final ClientFactory factory;
    private final CountDownLatch firstAttempt = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Object lock = new Object();
    private final Thread opener;
    private volatile @Nullable ConnectedClient opened;
    private volatile RuntimeException reason = ErrorTranslator.notConnected();

    /** Starts to open the client in the background. */
    ConnectionManager(ClientFactory factory) {
        this.factory = factory;
        this.opener = Thread.ofVirtual().name("redis-open").start(this::openWithRetries);
    }

    /**
     * Returns the client; waits only for the first attempt to open it.
     *
     * @throws PortException when the client is not open, with the reason
     */
    ConnectedClient client() {
        var present = opened;
        return present == null ? awaitFirstAttempt() : present;
    }

    private ConnectedClient awaitFirstAttempt() {
        try {
            firstAttempt.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ErrorTranslator.interrupted(e);
        }
        var present = opened;
        if (present == null) {
            throw ErrorTranslator.translate(reason);
        }
        return present;
    }

    /** Drops idle connections: when one connection is dead, the others probably are too. */
    void dropIdle() {
        var present = opened;
        if (present != null) {
            present.pools().forEach(Pool::clear);
        }
    }

    private void openWithRetries() {
        var backoff = new ConnectionBackoff();
        while (!tryOpen() && !isClosedWithin(backoff.pause())) {
            // The next attempt follows.
        }
    }

    private boolean tryOpen() {
        try {
            store(factory.open());
            if (firstAttempt.getCount() == 0) {
                LOG.info("Redis is connected");
            }
            return true;
        } catch (RuntimeException e) {
            reason = e;
            LOG.debug("Redis was not reached", e);
            return false;
        } finally {
            firstAttempt.countDown();
        }
    }

    private void store(ConnectedClient client) {
        synchronized (lock) {
            if (closed.getCount() > 0) {
                opened = client;
                return;
            }
        }
        client.jedis().close();
    }

    private boolean isClosedWithin(Duration pause) {
        try {
            return closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Registers the metrics of active and idle connections. */
    void bindMetrics(MetricSink metrics) {
        gauge(metrics, "active", Pool::getNumActive);
        gauge(metrics, "idle", Pool::getNumIdle);
    }

    private void gauge(MetricSink metrics, String state, ToIntFunction<Pool<Connection>> value) {
        metrics.gauge(
                "mcp_pool_connections",
                "Connections that are open.",
                Map.of("pool", "redis", "state", state),
                () -> count(value));
    }

    private int count(ToIntFunction<Pool<Connection>> value) {
        var present = opened;
        return present == null ? 0 : present.pools().stream().mapToInt(value).sum();
    }

    /** Closes all connections, including those in use. */
    @Override
    public void close() {
        ConnectedClient last;
        synchronized (lock) {
            closed.countDown();
            last = opened;
            opened = null;
            reason = ErrorTranslator.closed();
        }
        opener.interrupt();
        if (last != null) {
            closeQuietly(last);
        }
    }

    private static void closeQuietly(ConnectedClient last) {
        try {
            last.jedis().close();
        } catch (JedisException e) {
            LOG.debug("The Redis client did not close cleanly", e);
        }
    }
}
