package io.breakwater.adapter.postgres.database;

import io.breakwater.port.CallScope;
import io.breakwater.port.Failure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then how far each copy of a primary is: in the background, and only while somebody wants to know. A copy
 * that has replayed what the primary had written at some moment is behind by no more than the time since then, whatever
 * the servers' clocks say and without any privilege. Thread-safe.
 */
final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private static final Duration LOOK = Duration.ofSeconds(3);
    private static final String WRITTEN = "SELECT pg_catalog.pg_current_wal_lsn()";
    private static final String REPLAYED =
            "SELECT pg_catalog.pg_last_wal_replay_lsn() WHERE pg_catalog.pg_is_in_recovery()";

    private final Node primary;
    private final List<Replica> replicas;
    private final long every;
    private final LongSupplier nanos;
    private final Written written = new Written(); // of whoever is looking
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile long due;

    Watch(Node primary, List<Replica> replicas, Duration every, LongSupplier nanos) {
        this.primary = primary;
        this.replicas = replicas;
        this.every = every.toNanos();
        this.nanos = nanos;
        this.due = nanos.getAsLong();
    }

    /** Begins to look if the last time was long enough ago; does not wait. */
    void lookIfDue() {
        if (nanos.getAsLong() - due >= 0 && looking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("breakwater-replicas").start(() -> {
                try {
                    look();
                } finally {
                    due = nanos.getAsLong() + every;
                    looking.set(false);
                }
            });
        }
    }

    private void look() {
        long moment = nanos.getAsLong();
        var place = place(primary, WRITTEN);
        if (place != null) {
            written.add(place, moment);
        }
        for (var replica : replicas) {
            var replayed = place(replica.node(), REPLAYED);
            replica.has(replayed == null ? null : written.momentOf(replayed));
        }
    }

    /** Null when it does not say. */
    private @Nullable LogSequenceNumber place(Node node, String question) {
        var time = new Time(new Look(nanos, nanos.getAsLong() + LOOK.toNanos()), LOOK);
        try (var session = node.take(time)) {
            session.waitFor(time.left());
            var place = Message.of(question).send(session, prepared -> {}, prepared -> {
                try (var rows = prepared.getResultSet()) {
                    return Optional.ofNullable(rows.next() ? rows.getString(1) : null);
                }
            });
            session.clean();
            return place.map(LogSequenceNumber::valueOf).orElse(null);
        } catch (SQLException | Failure e) {
            LOG.debug("A server does not say how far it is: {}", e.getClass().getSimpleName());
            return null;
        }
    }

    /** Nobody's call. */
    private record Look(LongSupplier nanos, long deadline) implements CallScope {
        @Override
        public String requestId() {
            return "replicas";
        }

        @Override
        public @Nullable String traceParent() {
            return null;
        }

        @Override
        public Duration remaining() {
            return Duration.ofNanos(Math.max(0, deadline - nanos.getAsLong()));
        }

        @Override
        public boolean cancelled() {
            return remaining().isZero();
        }

        @Override
        public void onCancel(Runnable action) {}
    }
}
