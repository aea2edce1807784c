package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.connection.ConnectionFailure;
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
 * Checks the lag of a replica periodically, on its own thread. A replica that has replayed the log up to the primary's
 * position at some time has all data up to that time. This works regardless of the servers' clocks, of the time since
 * the last write, and without any privilege.
 *
 * <p>A replica is not used when it does not report its position, when it follows no primary, or when it follows another
 * cluster or timeline than the primary's. The connections of an unresponsive replica are aborted, so that no call waits
 * for it. After any other failure of a check, the next check follows as usual.
 */
final class ReplicaMonitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaMonitor.class);

    private final Replica replica;
    private final ConnectionString address;
    private final LsnProbe primaryProbe;
    private final LsnProbe replicaProbe;
    private final Duration interval;
    private final LongSupplier nanos;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final LsnHistory history = new LsnHistory(); // only the monitor's thread uses this and the next two fields
    private @Nullable String timeline;
    private @Nullable String lastReason = "";

    ReplicaMonitor(
            Replica replica,
            ConnectionString primaryUrl,
            ConnectionString replicaUrl,
            Duration interval,
            LongSupplier nanos) {
        this.replica = replica;
        this.address = replicaUrl;
        this.primaryProbe = LsnProbe.ofPrimary(primaryUrl);
        this.replicaProbe = LsnProbe.ofReplica(replicaUrl);
        this.interval = interval;
        this.nanos = nanos;
    }

    /** Starts the checks. */
    void start() {
        Thread.ofVirtual().name("breakwater-" + replica.name()).start(this::watch);
    }

    private void watch() {
        try {
            do {
                checkSafely();
            } while (!closed.await(interval.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            primaryProbe.close();
            replicaProbe.close();
        }
    }

    private void checkSafely() {
        try {
            check();
        } catch (RuntimeException e) {
            onUnexpectedFailure(e);
        }
    }

    /** Discards the known state after an unexpected failure. */
    private void onUnexpectedFailure(RuntimeException failure) {
        var reason = "its check failed (" + failure.getClass().getName() + ")";
        if (!reason.equals(lastReason)) {
            LOG.error(
                    "The check of {} failed; the next check follows in {} ms",
                    replica.name(),
                    interval.toMillis(),
                    failure);
        }
        history.clearPrimary();
        markUnusable(reason);
    }

    private void check() {
        checkPrimary();
        try {
            checkReplica();
        } catch (SQLException e) {
            markUnusable(reason(e));
            if (DriverExceptionMapper.isTimeout(e)) {
                replica.server().abortAll();
            }
        } catch (PortException e) {
            markUnusable(e.getMessage());
        }
    }

    /** Describes a failure, with host and port, which no other log line contains. */
    private String reason(SQLException thrown) {
        var fault = ConnectionFailure.of(thrown, address.sets(PGProperty.PASSWORD));
        var phrase = fault == ConnectionFailure.OTHER ? "" : ": " + fault.phrase();
        return "no connection (SQLSTATE " + thrown.getSQLState() + ") to " + address.address() + phrase;
    }

    private void checkPrimary() {
        long moment = nanos.getAsLong();
        try {
            var position = primaryProbe.query().orElseThrow();
            if (!position.timeline().equals(timeline)) {
                timeline = position.timeline();
                history.clearPrimary();
                history.clearReplica();
            }
            history.add(position.lsn(), moment);
        } catch (SQLException e) {
            LOG.debug("The primary does not report its log position: {}", e.getSQLState());
            history.clearPrimary();
        }
    }

    private void checkReplica() throws SQLException {
        var position = replicaProbe.query();
        if (position.isEmpty()) {
            markUnusable("it follows no primary");
        } else if (timeline == null) {
            markUnusable("the primary has not been found yet");
        } else if (!position.get().timeline().equals(timeline)) {
            markUnusable("it belongs to another cluster or timeline than the primary");
        } else {
            markUsable(history.completeUntil(position.get().lsn()));
        }
    }

    /** Makes the replica usable; after an outage, only when it has a working connection for the next call. */
    private void markUsable(@Nullable Long moment) throws SQLException {
        if (moment != null && replica.isLost()) {
            replica.server().check();
            logChange(null);
        }
        replica.setCompleteUntil(moment);
    }

    private void markUnusable(@Nullable String reason) {
        history.clearReplica();
        replica.setCompleteUntil(null);
        logChange(reason);
    }

    /** Logs a change, with one warning for each outage, even when its reason changes. */
    private void logChange(@Nullable String reason) {
        if (Objects.equals(reason, lastReason)) {
            return;
        }
        boolean known = lastReason != null && !lastReason.isEmpty();
        lastReason = reason;
        if (reason == null) {
            LOG.info("{} is used for reads.", replica.name());
        } else {
            LOG.atLevel(known ? Level.INFO : Level.WARN).log("{} is not used for reads: {}", replica.name(), reason);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
