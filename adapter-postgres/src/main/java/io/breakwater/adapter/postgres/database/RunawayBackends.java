package io.breakwater.adapter.postgres.database;

import static java.util.Objects.requireNonNull;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.connection.GuardedConnection;
import io.breakwater.adapter.postgres.database.BackendQuery.Backend;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
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
 * The backends of one server that work on although their calls have ended: PostgreSQL has functions that no cancel
 * interrupts. Each keeps a processor of the server busy and holds one of the role's connections, so statements are
 * refused when there are too many.
 *
 * <p>A backend counts from the moment its call gives up on it until the server, asked over a connection of its own,
 * says that it works no more; it is watched until it has ended. While the server cannot be asked none counts: calls
 * fail by themselves then. Thread-safe.
 */
final class RunawayBackends implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunawayBackends.class);

    private static final Duration OFTEN = Duration.ofMillis(200);
    private static final Duration SELDOM = Duration.ofSeconds(2);

    private final String place;
    private final ConnectionString server;
    private final int most;
    private final int mostUninterruptible;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Map<Integer, Runaway> runaways = new HashMap<>(); // guarded by this

    /** Calls of uninterruptible functions whose backends are not known to have ended. */
    private int inside; // guarded by this

    /** Whether there are runaways: nearly always there are none, and calls need not take turns to see that. */
    private volatile boolean any; // written under this

    private boolean reachable = true; // guarded by this
    private boolean asking; // guarded by this
    private boolean told; // guarded by this

    RunawayBackends(ConnectionString server, DatabaseSettings.Limits limits) {
        this.place = server.address();
        this.server = server;
        this.most = limits.runaway();
        this.mostUninterruptible = limits.uninterruptible();
    }

    /**
     * Begins a call, which ends when what is returned is closed.
     *
     * @param uninterruptible whether it uses functions that the server cannot end and that are allowed by name
     * @throws PortException.RefusedException OVERLOADED when too many backends work on
     */
    Visit enter(boolean uninterruptible) {
        if (any || uninterruptible) {
            admit(uninterruptible);
        }
        return new Visit(uninterruptible);
    }

    private synchronized void admit(boolean uninterruptible) {
        if (reachable && runaways.values().stream().filter(Runaway::stopsAll).count() > most) {
            throw overloaded("The database accepts no statements: " + sentence());
        }
        if (uninterruptible) {
            enterUninterruptible();
        }
    }

    private void enterUninterruptible() {
        if (counted().size() >= most) {
            throw overloaded(
                    "The database accepts no statement with functions that it cannot interrupt: " + sentence());
        }
        if (inside >= mostUninterruptible) {
            throw overloaded("Too many statements use functions that the database cannot interrupt: the limit is "
                    + mostUninterruptible + ". Retry later.");
        }
        inside++;
    }

    private static PortException overloaded(String sentence) {
        return new PortException.RefusedException(Reason.OVERLOADED, sentence, null);
    }

    private String sentence() {
        return counted().size()
                + " of its backends work on after their calls ended, and PostgreSQL cannot interrupt them."
                + " Ask the operator to end them; the log of this server names them.";
    }

    /**
     * Returns while there are few.
     *
     * @throws PortException.UnavailableException when statements are refused
     */
    synchronized void requireFew() {
        if (reachable && counted().size() >= most) {
            throw new PortException.UnavailableException(instruction(), null, null);
        }
    }

    /** The process IDs of those that count. */
    private SortedSet<Integer> counted() {
        var pids = new TreeSet<Integer>();
        runaways.forEach((pid, runaway) -> {
            if (runaway.counts()) {
                pids.add(pid);
            }
        });
        return pids;
    }

    private String instruction() {
        var listed = String.join(" ", counted().stream().map(String::valueOf).toList());
        return "PostgreSQL at " + place + ": backends work on after their calls ended (process IDs " + listed
                + "). Statements with functions that PostgreSQL cannot interrupt are refused; with more than " + most
                + " other backends, all are. pg_cancel_backend and pg_terminate_backend have no effect. Wait, or run"
                + " \"kill -QUIT " + listed + "\" or \"pg_ctl restart -m immediate\" on the database server; either"
                + " closes all of its connections.";
    }

    private synchronized void add(int pid, boolean uninterruptible) {
        runaways.put(pid, Runaway.of(uninterruptible));
        any = true;
        if (!asking) {
            asking = true;
            Thread.ofVirtual().name("breakwater-runaways").start(this::ask);
        }
    }

    /** Asks until there are none. */
    private void ask() {
        try (var query = new BackendQuery(server)) {
            do {
                check(query);
            } while (isNeeded() && !end.await(pause().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isNeeded() {
        asking = !runaways.isEmpty();
        any = asking;
        told &= asking;
        return asking;
    }

    private synchronized Duration pause() {
        return reachable ? OFTEN : SELDOM;
    }

    private void check(BackendQuery query) {
        try {
            var asked = pids();
            keep(asked, query.backends(asked));
        } catch (SQLException | RuntimeException e) {
            LOG.debug("The server was not asked which backends work: {}", e.toString());
            unreachable();
        }
    }

    private synchronized Set<Integer> pids() {
        return Set.copyOf(runaways.keySet());
    }

    /** The server that cannot be asked may be gone, and its backends with it. */
    private synchronized void unreachable() {
        reachable = false;
    }

    private synchronized void keep(Set<Integer> asked, Map<Integer, Backend> backends) {
        reachable = true;
        boolean settled = asked.size() == runaways.size();
        for (var pid : asked) {
            settled &= keep(pid, requireNonNull(runaways.get(pid)), backends.get(pid));
        }
        logOnce(settled);
    }

    /** False when another look may tell more. */
    private boolean keep(Integer pid, Runaway before, @Nullable Backend backend) {
        var now = before.seen(backend);
        if (now == null) {
            runaways.remove(pid);
            inside -= before.uninterruptible() ? 1 : 0;
            return true;
        }
        runaways.put(pid, now);
        return !now.counts() || (before.works() && now.works());
    }

    /** Once, when the number has stopped growing. */
    private void logOnce(boolean settled) {
        if (!told && settled && counted().size() >= most) {
            told = true;
            LOG.warn("{}", instruction());
        }
    }

    @Override
    public void close() {
        end.countDown();
    }

    /** One call at the server. */
    final class Visit implements AutoCloseable {
        private final boolean uninterruptible;
        private boolean lost;

        private Visit(boolean uninterruptible) {
            this.uninterruptible = uninterruptible;
        }

        /** Watches the session's backend if the call ends without its answer. */
        void leave(GuardedConnection session) {
            if (session.isUnusable()) {
                lost = true;
                add(session.backend(), uninterruptible);
            }
        }

        @Override
        public void close() {
            if (uninterruptible && !lost) {
                synchronized (RunawayBackends.this) {
                    inside--;
                }
            }
        }
    }
}
