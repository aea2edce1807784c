package io.breakwater.adapter.postgres.database;

import io.breakwater.port.Failure;
import io.breakwater.port.Failure.Refused.Reason;
import io.breakwater.port.Figures;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The primary and its copies. Reads go to a copy that is not too far behind, and to the primary when there is none or it
 * fails; all else goes to the primary. Thread-safe.
 */
final class Nodes implements AutoCloseable {
    private final Node primary;
    private final List<Replica> replicas;
    private final Watch watch;
    private final long lag;
    private final LongSupplier nanos;
    private final AtomicInteger turn = new AtomicInteger();

    Nodes(DatabaseSettings settings, LongSupplier nanos) {
        this.primary = new Node("database", settings.url(), settings);
        var urls = settings.replicas().urls();
        this.replicas = IntStream.range(0, urls.size())
                .mapToObj(i -> new Replica("database-replica-" + (i + 1), urls.get(i), settings))
                .toList();
        this.watch = new Watch(primary, replicas, settings.replicas().checkEvery(), nanos);
        this.lag = settings.replicas().lag().toNanos();
        this.nanos = nanos;
    }

    Node primary() {
        return primary;
    }

    /** Reads from a copy if one will do, else from the primary. A read changes nothing, so it may be done again. */
    <T> T read(Function<Node, T> read) {
        var replica = fresh();
        if (replica == null) {
            return read.apply(primary);
        }
        try {
            return read.apply(replica.node());
        } catch (Failure.Unavailable away) {
            replica.has(null);
            return read.apply(primary);
        } catch (Failure.Refused refused) {
            if (!isItsOwn(refused.reason())) {
                throw refused;
            }
            return read.apply(primary);
        }
    }

    /** A copy is busy by itself, and gives up reads that stand in the way of what it has to replay. */
    private static boolean isItsOwn(Reason reason) {
        return reason == Reason.OVERLOADED || reason == Reason.CONFLICT;
    }

    private @Nullable Replica fresh() {
        if (replicas.isEmpty()) {
            return null;
        }
        watch.lookIfDue();
        long oldest = nanos.getAsLong() - lag;
        int first = turn.getAndIncrement();
        for (int i = 0; i < replicas.size(); i++) {
            var replica = replicas.get(Math.floorMod(first + i, replicas.size()));
            if (replica.isUpTo(oldest)) {
                return replica;
            }
        }
        return null;
    }

    void show(Figures figures) {
        primary.show(figures);
        replicas.forEach(replica -> replica.show(figures, nanos));
    }

    @Override
    public void close() {
        primary.close();
        replicas.forEach(Replica::close);
    }
}
