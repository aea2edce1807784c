package io.breakwater.adapter.postgres.connection;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.breakwater.adapter.postgres.pipeline.BoundStatement;
import io.breakwater.adapter.postgres.pipeline.Pipeline;
import io.breakwater.adapter.postgres.pipeline.StatementResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/**
 * The statements of our own that surround callers' statements on all connections of a pool, and what is known of each
 * connection: which of these statements it keeps prepared, and the fingerprint that its session began with.
 * Thread-safe.
 */
public final class StatementFrame {
    private static final double SHORTEST_LIFETIME = 0.5;

    private final List<BoundStatement> kept;
    private final BoundStatement query;
    private final Map<PgConnection, Framed> connections =
            Caffeine.newBuilder().weakKeys().<PgConnection, Framed>build().asMap();

    /**
     * One connection.
     *
     * @param worked for how many nanoseconds calls have had it
     * @param lifetime the part of its time of work after which it is retired, different for each: connections that were
     *     opened together are not all replaced together
     */
    record Framed(Pipeline pipeline, @Nullable SessionStateDigest start, AtomicLong worked, double lifetime) {
        Framed(Pipeline pipeline, @Nullable SessionStateDigest start) {
            this(pipeline, start, new AtomicLong(), ThreadLocalRandom.current().nextDouble(SHORTEST_LIFETIME, 1));
        }
    }

    /**
     * For connections with these settings.
     *
     * @param kept statements to keep prepared, in an order in which they can be run and after which nothing is left;
     *     empty where callers' statements may change the session, since it is then discarded each time
     */
    public StatementFrame(SessionSettings pinned, List<BoundStatement> kept) {
        this.kept = List.copyOf(kept);
        this.query = SessionStateDigest.query(pinned);
    }

    /** For connections on which no statement of a caller runs. */
    public static StatementFrame none() {
        return new StatementFrame(SessionSettings.none(), List.of());
    }

    /** The query that takes a session's fingerprint, to be sent behind what undoes a call. */
    public BoundStatement fingerprint() {
        return query;
    }

    /** Prepares what is kept on a new connection and takes the fingerprint of its session; one round trip. */
    void open(Connection connection) throws SQLException {
        var own = connection.unwrap(PgConnection.class);
        var pipeline = new Pipeline(own);
        connections.put(
                own, new Framed(pipeline, SessionStateDigest.of(run(pipeline)).orElseThrow()));
    }

    private StatementResult run(Pipeline pipeline) throws SQLException {
        if (kept.isEmpty()) {
            return pipeline.send(List.of(query), 0).getLast();
        }
        var statements = new ArrayList<>(kept);
        statements.add(query);
        return pipeline.prepare(statements).getLast();
    }

    Framed of(PgConnection connection) {
        var known = connections.get(connection);
        return known == null ? new Framed(new Pipeline(connection), null) : known;
    }
}
