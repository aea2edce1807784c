package io.breakwater.adapter.postgres.connection;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to the log which sessions of a pool were not given back in time, each once. */
final class LeakReporter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeakReporter.class);

    private final String pool;
    private final Duration leakAfter;
    private final Set<GuardedConnection> taken;
    private final CountDownLatch end = new CountDownLatch(1);

    /**
     * For a pool.
     *
     * @param leakAfter how long a session may be in use
     * @param taken the sessions that are in use, which others change
     */
    LeakReporter(String pool, Duration leakAfter, Set<GuardedConnection> taken) {
        this.pool = pool;
        this.leakAfter = leakAfter;
        this.taken = taken;
    }

    /** Begins, on a thread of its own. */
    void start() {
        Thread.ofVirtual().name("breakwater-" + pool + "-leaks").start(this::watch);
    }

    private void watch() {
        try {
            while (!end.await(leakAfter.toMillis() / 2, TimeUnit.MILLISECONDS)) {
                taken.stream().filter(session -> session.isLeaked(leakAfter)).forEach(this::report);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(GuardedConnection session) {
        LOG.warn(
                "Pool {}: a connection has been in use for more than {} ms by {}. It leaked, or {}.pool.leak-after is too"
                        + " short.",
                pool,
                leakAfter.toMillis(),
                session.user(),
                pool.replaceFirst("-.*", "")); // copies have the settings of their database
    }

    @Override
    public void close() {
        end.countDown();
    }
}
