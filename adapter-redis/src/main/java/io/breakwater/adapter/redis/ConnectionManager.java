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
 * The way to Redis. Opened in the background, again and again until it works, for Jedis refuses to make a client of a
 * cluster or of Sentinels that are not there. Once open it stays so: from then on Jedis connects by itself.
 */
final class ConnectionManager implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionManager.class);

    private final ClientFactory opening;
    private final CountDownLatch tried = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Object lock = new Object();
    private final Thread opener;
    private volatile @Nullable ConnectedClient opened;
    private volatile RuntimeException reason = ErrorTranslator.notYet();

    /** Begins to open it. */
    ConnectionManager(ClientFactory opening) {
        this.opening = opening;
        this.opener = Thread.ofVirtual().name("redis-open").start(this::openUntilItWorks);
    }

    /**
     * The client; waits for the first try to end, and for no other.
     *
     * @throws PortException when there is none yet, with the reason
     */
    ConnectedClient opened() {
        var present = opened;
        return present == null ? openedBy(tried) : present;
    }

    private ConnectedClient openedBy(CountDownLatch moment) {
        try {
            moment.await();
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

    /** Forgets the connections that nobody uses: another was found dead, so they are likely to be. */
    void dropIdle() {
        var present = opened;
        if (present != null) {
            present.pools().forEach(Pool::clear);
        }
    }

    private void openUntilItWorks() {
        var backOff = new BackOff();
        while (!tryToOpen() && !isClosedWithin(backOff.pause())) {
            // The next try.
        }
    }

    private boolean tryToOpen() {
        try {
            keep(opening.open());
            if (tried.getCount() == 0) {
                LOG.info("Redis is found");
            }
            return true;
        } catch (RuntimeException e) {
            reason = e;
            LOG.debug("Redis was not reached", e);
            return false;
        } finally {
            tried.countDown();
        }
    }

    private void keep(ConnectedClient made) {
        synchronized (lock) {
            if (closed.getCount() > 0) {
                opened = made;
                return;
            }
        }
        made.jedis().close();
    }

    private boolean isClosedWithin(Duration pause) {
        try {
            return closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Shows how many connections there are. */
    void bindMetrics(MetricSink figures) {
        gauge(figures, "active", Pool::getNumActive);
        gauge(figures, "idle", Pool::getNumIdle);
    }

    private void gauge(MetricSink figures, String state, ToIntFunction<Pool<Connection>> value) {
        figures.gauge(
                "mcp_pool_connections",
                "Connections that are open.",
                Map.of("pool", "redis", "state", state),
                () -> count(value));
    }

    private int count(ToIntFunction<Pool<Connection>> value) {
        var present = opened;
        return present == null ? 0 : present.pools().stream().mapToInt(value).sum();
    }

    /** Closes every connection, those in use too. */
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
            LOG.debug("Redis was not left in order", e);
        }
    }
}
