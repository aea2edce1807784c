package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.connection.OutageLog;
import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.CheckSignal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The primary and its copies. Reads go to a copy that is not too far behind and has all that was written through us,
 * and to the primary when there is none or it fails; all else goes to the primary. Thread-safe.
 */
final class DatabaseCluster implements AutoCloseable {
    /** A connection that was lost before is noticed in less time, in nanoseconds. */
    private static final long INNOCENT = Duration.ofSeconds(1).toNanos();

    private final DatabaseServer primary;
    private final List<Replica> replicas = new ArrayList<>();
    private final List<ReplicaMonitor> watches = new ArrayList<>();
    private final long lag;
    private final LongSupplier nanos;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile long lastWrite; // written under this

    /**
     * The servers of these settings.
     *
     * @param signal requests a health check of the primary
     */
    DatabaseCluster(DatabaseSettings settings, CheckSignal signal, LongSupplier nanos) {
        this.primary = new DatabaseServer("database", settings.url(), settings, OutageLog.healthChecked("database", signal));
        this.lag = settings.replicas().lag().toNanos();
        this.nanos = nanos;
        this.lastWrite = nanos.getAsLong();
        for (var url : settings.replicas().urls()) {
            var replica = new Replica("database-replica-" + (replicas.size() + 1), url, settings);
            replicas.add(replica);
            watches.add(new ReplicaMonitor(
                    replica, settings.url(), url, settings.replicas().checkEvery(), nanos));
        }
        watches.forEach(ReplicaMonitor::start);
    }

    DatabaseServer primary() {
        return primary;
    }

    /** Does at the primary what may change something, so that whoever reads afterwards sees it. */
    <T> T write(Function<DatabaseServer, T> write) {
        try {
            return write.apply(primary);
        } finally {
            written();
        }
    }

    /** In one step: of two writes that end at once, the later counts. */
    private synchronized void written() {
        lastWrite = nanos.getAsLong();
    }

    /** Reads from a copy if one will do, else from the primary. A read changes nothing, so it may be done again. */
    <T> T read(Function<DatabaseServer, T> read) {
        var replica = fresh();
        if (replica.isEmpty()) {
            return fromPrimary(read);
        }
        try {
            return read.apply(replica.get().node());
        } catch (PortException failure) {
            if (!isItsOwn(failure) || Thread.currentThread().isInterrupted()) {
                throw failure;
            }
            if (failure instanceof PortException.UnavailableException) {
                replica.get().has(null);
            }
            return fromPrimary(read);
        }
    }

    /**
     * Once more where the server ended the connection: it was restarted or its session was terminated. None of the
     * answer has been given yet. The other connections were most likely lost, too. Not where a read worked for a while
     * and then lost its server without a word: it may have been what crashed it.
     */
    private <T> T fromPrimary(Function<DatabaseServer, T> read) {
        long begun = nanos.getAsLong();
        try {
            return read.apply(primary);
        } catch (PortException failure) {
            boolean suspect =
                    DriverExceptionMapper.isLostWithoutReason(failure) && nanos.getAsLong() - begun > INNOCENT;
            if (!DriverExceptionMapper.isLostConnection(failure)
                    || suspect
                    || Thread.currentThread().isInterrupted()) {
                throw failure;
            }
            primary.renew();
            return read.apply(primary);
        }
    }

    /**
     * A copy is busy by itself, gives up reads that stand in the way of what it replays, has no unlogged tables, and
     * may not have the newest ones yet: what its server refuses, the primary is asked. What we refuse, is refused.
     */
    private static boolean isItsOwn(PortException failure) {
        return switch (failure) {
            case PortException.UnavailableException away -> true;
            case PortException.RefusedException refused ->
                refused.reason() == Reason.OVERLOADED || refused.getCause() instanceof SQLException;
            case PortException.DeadlineExceededException timedOut -> false;
            case PortException.ExhaustedException exhausted -> false;
            case PortException.ProtocolErrorException protocol -> false;
        };
    }

    /** The next one in turn that will do. */
    private Optional<Replica> fresh() {
        if (replicas.isEmpty()) {
            return Optional.empty();
        }
        long oldest = nanos.getAsLong() - lag;
        long needed = lastWrite - oldest > 0 ? lastWrite : oldest;
        var fresh = replicas.stream().filter(replica -> replica.isUpTo(needed)).toList();
        return fresh.isEmpty()
                ? Optional.empty()
                : Optional.of(fresh.get(Math.floorMod(turn.getAndIncrement(), fresh.size())));
    }

    /** Returns while few backends of each server work on after their calls ended. */
    void explainRunaways() {
        primary.explainRunaways();
        replicas.forEach(replica -> replica.node().explainRunaways());
    }

    void bindMetrics(MetricSink figures) {
        primary.bindMetrics(figures);
        replicas.forEach(replica -> replica.bindMetrics(figures, nanos));
    }

    @Override
    public void close() {
        watches.forEach(ReplicaMonitor::close);
        primary.close();
        replicas.forEach(Replica::close);
    }
}
