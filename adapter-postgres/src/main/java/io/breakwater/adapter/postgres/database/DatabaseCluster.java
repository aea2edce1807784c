package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.connection.OutageLog;
import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.SettingNames;
import io.breakwater.port.driven.CheckSignal;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The primary and its replicas. Reads go to a replica that is recent enough and has all writes of this server, or to
 * the primary when there is no such replica or it fails; all other statements go to the primary. Thread-safe.
 */
@OutageBehavior(
        guard = "reads from replicas",
        dependency = GuardDependency.DATABASE,
        failure = "without a replica",
        effect = OutageEffect.DEGRADE,
        behavior = "Reads go to the other replicas or to the primary, also those in progress, so none fails.",
        recovery = "The replica is used again when it answers and has caught up.",
        signal = "`mcp_database_replica_lag_seconds` is NaN",
        details = "database.md#replicas")
final class DatabaseCluster implements AutoCloseable {
    /** A read on a connection that was lost before fails within this time, in nanoseconds. */
    private static final long LOSS_DETECTION_NANOS = Duration.ofSeconds(1).toNanos();

    private final DatabaseServer primary;
    private final List<Replica> replicas = new ArrayList<>();
    private final List<ReplicaMonitor> monitors = new ArrayList<>();
    private final long maxLag;
    private final LongSupplier nanos;
    private final AtomicInteger nextReplica = new AtomicInteger();
    private volatile long lastWrite; // written under this

    /**
     * Creates the cluster of these settings.
     *
     * @param name the name of the database in metrics and logs
     * @param names how messages name settings
     * @param signal requests a health check of the primary
     * @param nanos the clock, in nanoseconds
     */
    DatabaseCluster(
            String name, DatabaseSettings settings, SettingNames names, CheckSignal signal, LongSupplier nanos) {
        this.primary = new DatabaseServer(name, settings.url(), settings, names, OutageLog.healthChecked(name, signal));
        this.maxLag = settings.replicas().lag().toNanos();
        this.nanos = nanos;
        this.lastWrite = nanos.getAsLong();
        for (var url : settings.replicas().urls()) {
            var replica = new Replica(name + "-replica-" + (replicas.size() + 1), url, settings, names);
            replicas.add(replica);
            monitors.add(new ReplicaMonitor(
                    replica, settings.url(), url, settings.replicas().checkInterval(), nanos));
        }
        monitors.forEach(ReplicaMonitor::start);
    }

    DatabaseServer primary() {
        return primary;
    }

    /** Runs work that may change data at the primary; later reads see its changes. */
    <T> T write(Function<DatabaseServer, T> write) {
        try {
            return write.apply(primary);
        } finally {
            recordWrite();
        }
    }

    /** Records the time of a write. Synchronized, so that the later of two concurrent writes counts. */
    private synchronized void recordWrite() {
        lastWrite = nanos.getAsLong();
    }

    /** Runs a read at a suitable replica, or else at the primary. A read changes nothing, so it may be repeated. */
    <T> T read(Function<DatabaseServer, T> read) {
        var replica = pickReplica();
        if (replica.isEmpty()) {
            return fromPrimary(read);
        }
        try {
            return read.apply(replica.get().server());
        } catch (PortException failure) {
            if (!isReplicaFailure(failure) || Thread.currentThread().isInterrupted()) {
                throw failure;
            }
            if (failure instanceof PortException.UnavailableException) {
                replica.get().setCompleteUntil(null);
            }
            return fromPrimary(read);
        }
    }

    /**
     * Runs a read at the primary, and repeats it once when the server ended the connection, because the server
     * restarted or an administrator terminated the connection. No part of the result has been returned yet. The other
     * connections are probably lost too. A read that ran for a while before the server disappeared without a message is
     * not repeated, because it may have crashed the server.
     */
    private <T> T fromPrimary(Function<DatabaseServer, T> read) {
        long start = nanos.getAsLong();
        try {
            return read.apply(primary);
        } catch (PortException failure) {
            boolean mayHaveCrashed = DriverExceptionMapper.isLostWithoutReason(failure)
                    && nanos.getAsLong() - start > LOSS_DETECTION_NANOS;
            if (!DriverExceptionMapper.isLostConnection(failure)
                    || mayHaveCrashed
                    || Thread.currentThread().isInterrupted()) {
                throw failure;
            }
            primary.evictConnections();
            return read.apply(primary);
        }
    }

    /**
     * Whether a failure may be specific to the replica. A replica has its own load, cancels reads that conflict with
     * replay, has no unlogged tables, and may not have the newest tables yet. So a read that a replica's server refuses
     * runs at the primary; a read that we refuse does not.
     */
    private static boolean isReplicaFailure(PortException failure) {
        return switch (failure) {
            case PortException.UnavailableException away -> true;
            case PortException.RefusedException refused ->
                refused.reason() == Reason.OVERLOADED || refused.getCause() instanceof SQLException;
            case PortException.DeadlineExceededException timedOut -> false;
            case PortException.ExhaustedException exhausted -> false;
            case PortException.IdempotencyException repeated -> false;
            case PortException.ProtocolErrorException protocol -> false;
        };
    }

    /** Picks the next suitable replica, in turn; empty when there is none. */
    private Optional<Replica> pickReplica() {
        if (replicas.isEmpty()) {
            return Optional.empty();
        }
        long oldest = nanos.getAsLong() - maxLag;
        long needed = lastWrite - oldest > 0 ? lastWrite : oldest;
        var candidates = replicas.stream()
                .filter(replica -> replica.isCompleteUntil(needed))
                .toList();
        return candidates.isEmpty()
                ? Optional.empty()
                : Optional.of(candidates.get(Math.floorMod(nextReplica.getAndIncrement(), candidates.size())));
    }

    /** Throws an exception when too many backends of a server still run after their calls ended. */
    void requireFewRunaways() {
        primary.requireFewRunaways();
        replicas.forEach(replica -> replica.server().requireFewRunaways());
    }

    void bindMetrics(MetricSink metrics) {
        primary.bindMetrics(metrics);
        replicas.forEach(replica -> replica.bindMetrics(metrics, nanos));
    }

    @Override
    public void close() {
        monitors.forEach(ReplicaMonitor::close);
        primary.close();
        replicas.forEach(Replica::close);
    }
}
