package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.connection.ConnectFailure;
import io.breakwater.port.PortException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Looks again and again how far a copy is behind its primary, on a thread of its own. A copy that has replayed what the
 * primary had written at some moment has everything up to that moment, whatever the servers' clocks say, however long
 * nothing was written, and without any privilege.
 *
 * <p>A copy is left alone when it does not say, when it follows nobody, or another cluster or timeline than the primary
 * is on. One that is silent has its sessions broken off, so that nobody waits for it any longer. Whatever else goes
 * wrong in one look, the next one comes.
 */
final class ReplicaMonitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaMonitor.class);

    private final Replica replica;
    private final ConnectionString address;
    private final LsnProbe primary;
    private final LsnProbe copy;
    private final Duration every;
    private final LongSupplier nanos;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final LsnHistory written = new LsnHistory(); // this and what follows: of the thread
    private @Nullable String history;
    private @Nullable String trouble = "";

    ReplicaMonitor(
            Replica replica, ConnectionString primary, ConnectionString copy, Duration every, LongSupplier nanos) {
        this.replica = replica;
        this.address = copy;
        this.primary = LsnProbe.ofPrimary(primary);
        this.copy = LsnProbe.ofReplica(copy);
        this.every = every;
        this.nanos = nanos;
    }

    /** Begins. */
    void start() {
        Thread.ofVirtual().name("breakwater-" + replica.name()).start(this::watch);
    }

    private void watch() {
        try {
            do {
                checkSafely();
            } while (!closed.await(every.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            primary.close();
            copy.close();
        }
    }

    private void checkSafely() {
        try {
            check();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /** Nobody foresaw it: what was known may be wrong. */
    private void failed(RuntimeException unforeseen) {
        var reason = "looking at it failed (" + unforeseen.getClass().getName() + ")";
        if (!reason.equals(trouble)) {
            LOG.error(
                    "Looking at {} failed; the next look comes in {} ms", replica.name(), every.toMillis(), unforeseen);
        }
        written.primaryLost();
        lost(reason);
    }

    private void check() {
        checkPrimary();
        try {
            checkReplica();
        } catch (SQLException e) {
            lost(reason(e));
            if (DriverExceptionMapper.isSilence(e)) {
                replica.node().abortAll();
            }
        } catch (PortException e) {
            lost(e.getMessage());
        }
    }

    /** With host and port: no other line tells them. */
    private String reason(SQLException thrown) {
        var fault = ConnectFailure.of(thrown, address.sets(PGProperty.PASSWORD));
        var phrase = fault == ConnectFailure.OTHER ? "" : ": " + fault.phrase();
        return "it has no session for us (SQLSTATE " + thrown.getSQLState() + ") at " + address.address() + phrase;
    }

    private void checkPrimary() {
        long moment = nanos.getAsLong();
        try {
            var place = primary.query().orElseThrow();
            if (!place.history().equals(history)) {
                history = place.history();
                written.primaryLost();
                written.replicaLost();
            }
            written.add(place.number(), moment);
        } catch (SQLException e) {
            LOG.debug("The primary does not say how far it is: {}", e.getSQLState());
            written.primaryLost();
        }
    }

    private void checkReplica() throws SQLException {
        var place = copy.query();
        if (place.isEmpty()) {
            lost("it follows no primary");
        } else if (history == null) {
            lost("the primary has not been found yet");
        } else if (!place.get().history().equals(history)) {
            lost("it follows another cluster or timeline than that of the primary");
        } else {
            found(written.momentOf(place.get().number()));
        }
    }

    /** One that was lost counts as found when it has a session for the next call. */
    private void found(@Nullable Long moment) throws SQLException {
        if (moment != null && replica.isLost()) {
            replica.node().prove();
            log(null);
        }
        replica.has(moment);
    }

    private void lost(@Nullable String reason) {
        written.replicaLost();
        replica.has(null);
        log(reason);
    }

    /** Once; one fault is one warning, also where its reason changes with time. */
    private void log(@Nullable String reason) {
        if (Objects.equals(reason, trouble)) {
            return;
        }
        boolean known = trouble != null && !trouble.isEmpty();
        trouble = reason;
        if (reason == null) {
            LOG.info("{} may be read from.", replica.name());
        } else {
            LOG.atLevel(known ? Level.INFO : Level.WARN).log("{} is not read from: {}", replica.name(), reason);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
