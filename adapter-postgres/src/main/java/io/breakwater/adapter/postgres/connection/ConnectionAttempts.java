package io.breakwater.adapter.postgres.connection;

import io.breakwater.adapter.postgres.ServerDataSource;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens the connections of one pool, and knows whether the server is away. While it is, the one thread of the pool that
 * opens connections stays here and tries again until it succeeds: it is the probe that finds out when the server is
 * back, whether a call waits or not. Thread-safe.
 */
final class ConnectionAttempts implements DataSource, AutoCloseable {
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final String CLOSED = "08003";

    private final ServerDataSource source;
    private final OutageLog log;
    private final Listener listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Outage outage; // written under this
    private volatile boolean heard; // whether the server answered in a session since the outage was noted
    private volatile @Nullable ConnectionAttempt present;
    private volatile long begun; // when the present attempt began; 0 while there is none

    ConnectionAttempts(ServerDataSource source, OutageLog log, Listener listener) {
        this.source = source;
        this.log = log;
        this.listener = listener;
    }

    /** What the last attempt showed; null when it succeeded or there was none. */
    @Nullable
    Outage outage() {
        return outage;
    }

    /** Whether an open session shows that a server that opens no further ones is alive. */
    boolean hasAnswered() {
        return heard;
    }

    /** A session that was open before got an answer. */
    void onAnswer() {
        if (outage != null) {
            heard = true;
        }
    }

    /** A call got no connection: a server that has kept the present attempt waiting for that long is silent. */
    void waited(Duration time) {
        long since = begun;
        if (since != 0 && System.nanoTime() - since >= time.toNanos()) {
            noted(new Outage(ConnectFailure.SILENT, "08001", source.address(), since));
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        long pause = 0;
        while (true) {
            long start = System.nanoTime();
            try {
                return attempted();
            } catch (SQLException | RuntimeException e) {
                requireOpen();
                failed(e, start, pause == 0);
            }
            pause(pause);
            pause = Math.clamp(2 * pause, SHORTEST_PAUSE.toNanos(), LONGEST_PAUSE.toNanos());
        }
    }

    /** The first failure may be of one connection alone, and the next attempt comes at once; silence has taken time. */
    private void failed(Exception thrown, long start, boolean first) {
        var fault = fault(thrown);
        if (!first || outage != null || fault == ConnectFailure.SILENT) {
            noted(Outage.of(thrown, fault, source.address(), start));
        }
    }

    private Connection attempted() throws SQLException {
        begun = System.nanoTime() | 1;
        try {
            var attempt = ConnectionAttempt.at(source);
            present = attempt;
            if (closed.getCount() == 0) { // who closes the pool later abandons the attempt
                attempt.abandon();
            }
            var connection = CheckedConnection.of(attempt.result(), listener::foundDead);
            succeeded();
            return connection;
        } finally {
            present = null;
            begun = 0;
        }
    }

    private synchronized void succeeded() {
        var over = outage;
        outage = null;
        if (over != null) {
            log.outageEnded(source.address(), over.age());
        }
    }

    private void noted(Outage seen) {
        if (closed.getCount() == 0) {
            return;
        }
        synchronized (this) {
            var before = outage;
            heard = false;
            outage = before == null ? seen : seen.since(before);
            tell(before, seen);
        }
        listener.away();
    }

    private void tell(@Nullable Outage before, Outage now) {
        if (before == null) {
            log.outageBegan(now, listener.isServing());
        } else if (before.fault() != now.fault()) {
            log.reasonChanged(now);
        }
    }

    private ConnectFailure fault(Throwable thrown) {
        var fault = ConnectFailure.of(thrown, source.hasPassword());
        var before = outage;
        if (!fault.maySpeakOtherwise()) {
            return fault;
        }
        if (before != null && before.fault().isForeign()) {
            return before.fault();
        }
        return ForeignProtocolDetector.at(source.hosts()).orElse(fault);
    }

    private void pause(long nanos) throws SQLException {
        boolean end;
        try {
            end = closed.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", e);
        }
        if (end) {
            requireOpen();
        }
    }

    private void requireOpen() throws SQLException {
        if (closed.getCount() == 0) {
            throw new SQLNonTransientConnectionException("the pool is closed", CLOSED);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        var attempt = present;
        if (attempt != null) {
            attempt.abandon();
        }
    }

    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        return source.getConnection(user, password);
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return source.getLogWriter();
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        source.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) {
        source.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() {
        return source.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return source.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return source.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return source.isWrapperFor(type);
    }

    /** What the pool does about it. */
    interface Listener {
        /** An attempt failed. */
        void away();

        /** A connection that nobody used was lost. */
        void foundDead();

        /** Whether connections are open. */
        boolean isServing();
    }
}
