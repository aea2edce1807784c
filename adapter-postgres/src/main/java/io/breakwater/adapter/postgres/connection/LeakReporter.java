package io.breakwater.adapter.postgres.connection;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each connection of a pool that is in use for too long, once. */
final class LeakReporter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeakReporter.class);

    private final String pool;
    private final Duration leakAfter;
    private final String setting;
    private final Set<GuardedConnection> inUse;
    private final CountDownLatch end = new CountDownLatch(1);

    /**
     * Creates a reporter for a pool.
     *
     * @param leakAfter how long a connection may be in use
     * @param setting the name of the setting for this time in messages
     * @param inUse the connections in use; the pool changes this set
     */
    LeakReporter(String pool, Duration leakAfter, String setting, Set<GuardedConnection> inUse) {
        this.pool = pool;
        this.leakAfter = leakAfter;
        this.setting = setting;
        this.inUse = inUse;
    }

    /** Starts the checks on a new thread. */
    void start() {
        Thread.ofVirtual().name("breakwater-" + pool + "-leaks").start(this::watch);
    }

    private void watch() {
        try {
            while (!end.await(leakAfter.toMillis() / 2, TimeUnit.MILLISECONDS)) {
                inUse.stream()
                        .filter(connection -> connection.isLeaked(leakAfter))
                        .forEach(this::report);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(GuardedConnection connection) {
        LOG.warn(
                "Pool {}: {} has used a connection for more than {} ms. Either the connection leaked, or {} is too short.",
                pool,
                connection.owner(),
                leakAfter.toMillis(),
                setting);
    }

    @Override
    public void close() {
        end.countDown();
    }
}
