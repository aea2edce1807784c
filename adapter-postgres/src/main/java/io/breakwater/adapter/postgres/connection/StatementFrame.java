package io.breakwater.adapter.postgres.connection;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.breakwater.adapter.postgres.pipeline.BoundStatement;
import io.breakwater.adapter.postgres.pipeline.Pipeline;
import io.breakwater.adapter.postgres.pipeline.RawResult;
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
 * Our own statements around callers' statements on the connections of a pool, and the state of each connection: which
 * of these statements are prepared on it, and the fingerprint of its session when it opened. Thread-safe.
 */
public final class StatementFrame {
    private static final double MIN_LIFETIME_FRACTION = 0.5;

    private final List<BoundStatement> prepared;
    private final BoundStatement query;
    private final Map<PgConnection, Framed> connections =
            Caffeine.newBuilder().weakKeys().<PgConnection, Framed>build().asMap();

    /**
     * The state of one connection.
     *
     * @param worked the time for which calls have used it, in nanoseconds
     * @param lifetime the fraction of the maximum time in use after which it is retired. It differs for each
     *     connection, so that connections that were opened together are not replaced together
     */
    record Framed(Pipeline pipeline, @Nullable SessionStateDigest start, AtomicLong worked, double lifetime) {
        Framed(Pipeline pipeline, @Nullable SessionStateDigest start) {
            this(pipeline, start, new AtomicLong(), ThreadLocalRandom.current().nextDouble(MIN_LIFETIME_FRACTION, 1));
        }
    }

    /**
     * Creates a frame for connections with these settings.
     *
     * @param prepared the statements to prepare, in an order in which they can run and that leaves no state behind;
     *     empty when callers' statements may change the session, because its state is then discarded after each call
     */
    public StatementFrame(SessionSettings sessionSettings, List<BoundStatement> prepared) {
        this.prepared = List.copyOf(prepared);
        this.query = SessionStateDigest.query(sessionSettings);
    }

    /** Returns a frame for connections on which no statement of a caller runs. */
    public static StatementFrame none() {
        return new StatementFrame(SessionSettings.none(), List.of());
    }

    /** The query that takes a session's fingerprint, to be sent after the statements that undo a call. */
    public BoundStatement fingerprint() {
        return query;
    }

    /** Prepares the statements on a new connection and takes the fingerprint of its session, in one round trip. */
    void open(Connection connection) throws SQLException {
        var own = connection.unwrap(PgConnection.class);
        var pipeline = new Pipeline(own);
        connections.put(
                own, new Framed(pipeline, SessionStateDigest.of(run(pipeline)).orElseThrow()));
    }

    private RawResult run(Pipeline pipeline) throws SQLException {
        if (prepared.isEmpty()) {
            return pipeline.send(List.of(query), 0).getLast();
        }
        var statements = new ArrayList<>(prepared);
        statements.add(query);
        return pipeline.prepare(statements).getLast();
    }

    Framed of(PgConnection connection) {
        var known = connections.get(connection);
        return known == null ? new Framed(new Pipeline(connection), null) : known;
    }
}
