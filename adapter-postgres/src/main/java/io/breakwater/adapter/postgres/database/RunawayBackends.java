package io.breakwater.adapter.postgres.database;

import static java.util.Objects.requireNonNull;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.connection.GuardedConnection;
import io.breakwater.adapter.postgres.database.BackendQuery.Backend;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backends of one server that still run although their calls have ended: PostgreSQL has functions that a
 * cancellation does not interrupt. Each uses a processor of the server and one of the role's connections, so statements
 * are refused when there are too many.
 *
 * <p>A backend counts from the end of its call until a check, over a separate connection, shows that it no longer runs;
 * the checks continue until it has ended. While the server is unreachable, no backend counts, because calls fail
 * anyway. Thread-safe.
 */
@OutageBehavior(
        guard = "queries",
        dependency = GuardDependency.DATABASE,
        failure = "busy with calls that have ended",
        effect = OutageEffect.DENY,
        behavior = "Statements with functions that PostgreSQL cannot interrupt, and at last all statements, end with "
                + "`OVERLOADED`.",
        recovery = "They run again when PostgreSQL has ended these backends.",
        signal = "health cause `database-backends`",
        details = "database.md#work-that-cannot-be-interrupted")
final class RunawayBackends implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunawayBackends.class);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);
    private static final Duration UNREACHABLE_POLL_INTERVAL = Duration.ofSeconds(2);

    private final String place;
    private final ConnectionString server;
    private final int limit;
    private final int uninterruptibleLimit;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Map<Integer, RunawayBackend> runaways = new HashMap<>(); // guarded by this

    /** The number of calls with uninterruptible functions whose backends may still run. */
    private int activeUninterruptible; // guarded by this

    /** Whether there are runaway backends. Usually there are none, and calls see that here without a lock. */
    private volatile boolean hasRunaways; // written under this

    private boolean reachable = true; // guarded by this
    private boolean polling; // guarded by this
    private boolean logged; // guarded by this

    RunawayBackends(ConnectionString server, DatabaseSettings.Limits limits) {
        this.place = server.address();
        this.server = server;
        this.limit = limits.runaway();
        this.uninterruptibleLimit = limits.uninterruptible();
    }

    /**
     * Registers a call, which ends when the registration is closed.
     *
     * @param uninterruptible whether it uses functions that PostgreSQL cannot interrupt and that are allowed by name
     * @throws PortException.RefusedException OVERLOADED when too many backends still run after their calls ended
     */
    Registration register(boolean uninterruptible) {
        if (hasRunaways || uninterruptible) {
            requireCapacity(uninterruptible);
        }
        return new Registration(uninterruptible);
    }

    private synchronized void requireCapacity(boolean uninterruptible) {
        if (reachable
                && runaways.values().stream().filter(RunawayBackend::blocksAll).count() > limit) {
            throw overloaded("The database accepts no statements: " + sentence());
        }
        if (uninterruptible) {
            registerUninterruptible();
        }
    }

    private void registerUninterruptible() {
        if (countedPids().size() >= limit) {
            throw overloaded(
                    "The database accepts no statement with functions that it cannot interrupt: " + sentence());
        }
        if (activeUninterruptible >= uninterruptibleLimit) {
            throw overloaded("Too many statements use functions that the database cannot interrupt: the limit is "
                    + uninterruptibleLimit + ". Retry later.");
        }
        activeUninterruptible++;
    }

    private static PortException overloaded(String sentence) {
        return new PortException.RefusedException(Reason.OVERLOADED, sentence, null);
    }

    private String sentence() {
        return countedPids().size()
                + " of its backends still run after their calls ended, and PostgreSQL cannot interrupt them."
                + " Ask the operator to end them; the log of this server names them.";
    }

    /**
     * Checks that there are few runaway backends.
     *
     * @throws PortException.UnavailableException when statements are refused
     */
    synchronized void requireFew() {
        if (reachable && countedPids().size() >= limit) {
            throw new PortException.UnavailableException(instruction(), null, null);
        }
    }

    /** The process IDs of the backends that count. */
    private SortedSet<Integer> countedPids() {
        var pids = new TreeSet<Integer>();
        runaways.forEach((pid, runaway) -> {
            if (runaway.isCounted()) {
                pids.add(pid);
            }
        });
        return pids;
    }

    private String instruction() {
        var listed =
                String.join(" ", countedPids().stream().map(String::valueOf).toList());
        return "PostgreSQL at " + place + ": backends still run after their calls ended (process IDs " + listed
                + "). Breakwater refuses statements with functions that PostgreSQL cannot interrupt. If more than "
                + limit + " other backends still run, it refuses all statements. pg_cancel_backend and"
                + " pg_terminate_backend have no effect. Wait, or run \"kill -QUIT " + listed
                + "\" or \"pg_ctl restart -m immediate\" on the database server; either closes all of its connections.";
    }

    private synchronized void add(int pid, boolean uninterruptible) {
        runaways.put(pid, RunawayBackend.of(uninterruptible));
        hasRunaways = true;
        if (!polling) {
            polling = true;
            Thread.ofVirtual().name("breakwater-runaways").start(this::poll);
        }
    }

    /** Checks the backends until there are none. */
    private void poll() {
        try (var query = new BackendQuery(server)) {
            do {
                check(query);
            } while (isNeeded() && !end.await(pause().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isNeeded() {
        polling = !runaways.isEmpty();
        hasRunaways = polling;
        logged &= polling;
        return polling;
    }

    private synchronized Duration pause() {
        return reachable ? POLL_INTERVAL : UNREACHABLE_POLL_INTERVAL;
    }

    private void check(BackendQuery query) {
        try {
            var pids = pids();
            update(pids, query.backends(pids));
        } catch (SQLException | RuntimeException e) {
            LOG.debug("The check of the backends failed: {}", e.toString());
            unreachable();
        }
    }

    private synchronized Set<Integer> pids() {
        return Set.copyOf(runaways.keySet());
    }

    /** Records that the server is unreachable; it may have stopped, and its backends with it. */
    private synchronized void unreachable() {
        reachable = false;
    }

    private synchronized void update(Set<Integer> pids, Map<Integer, Backend> backends) {
        reachable = true;
        boolean settled = pids.size() == runaways.size();
        for (var pid : pids) {
            settled &= update(pid, requireNonNull(runaways.get(pid)), backends.get(pid));
        }
        logOnce(settled);
    }

    /** Updates one backend; returns false when the next check may show more. */
    private boolean update(Integer pid, RunawayBackend before, @Nullable Backend backend) {
        var now = before.afterCheck(backend);
        if (now == null) {
            runaways.remove(pid);
            activeUninterruptible -= before.uninterruptible() ? 1 : 0;
            return true;
        }
        runaways.put(pid, now);
        return !now.isCounted() || (before.isRunning() && now.isRunning());
    }

    /** Logs the backends once, when their number has stopped growing. */
    private void logOnce(boolean settled) {
        if (!logged && settled && countedPids().size() >= limit) {
            logged = true;
            LOG.warn("{}", instruction());
        }
    }

    @Override
    public void close() {
        end.countDown();
    }

    /** The registration of one call at the server. */
    final class Registration implements AutoCloseable {
        private final boolean uninterruptible;
        private boolean lost;

        private Registration(boolean uninterruptible) {
            this.uninterruptible = uninterruptible;
        }

        /** Starts to check the connection's backend if the call ends without its result. */
        void watchIfLost(GuardedConnection connection) {
            if (connection.isUnusable()) {
                lost = true;
                add(connection.backend(), uninterruptible);
            }
        }

        @Override
        public void close() {
            if (uninterruptible && !lost) {
                synchronized (RunawayBackends.this) {
                    activeUninterruptible--;
                }
            }
        }
    }
}
