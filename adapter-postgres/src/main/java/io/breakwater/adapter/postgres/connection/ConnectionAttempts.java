package io.breakwater.adapter.postgres.connection;

import io.breakwater.port.support.Backoff;
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
 * Opens the connections of one pool, and records whether the server is unavailable. During an outage, the one thread of
 * the pool that opens connections retries here until it succeeds: it is the probe that detects when the server is
 * available again, whether a call waits or not. Thread-safe.
 */
final class ConnectionAttempts implements DataSource, AutoCloseable {
    private static final Duration MIN_PAUSE = Duration.ofMillis(50);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(1);
    private static final String CLOSED = "08003";

    private final ServerDataSource source;
    private final OutageLog log;
    private final Listener listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Outage outage; // written under this
    private volatile boolean answered; // whether the server answered on an open connection since the outage began
    private volatile @Nullable ConnectionAttempt current;
    private volatile long startedAt; // System.nanoTime() at the start of the current attempt; 0 when there is none

    ConnectionAttempts(ServerDataSource source, OutageLog log, Listener listener) {
        this.source = source;
        this.log = log;
        this.listener = listener;
    }

    /** The outage that the last attempt detected; null when it succeeded or there was none. */
    @Nullable
    Outage outage() {
        return outage;
    }

    /** Whether an open connection shows that the server runs, although it opens no further connections. */
    boolean hasAnswered() {
        return answered;
    }

    /** Records that the server answered on a connection that was open before. */
    void onAnswer() {
        if (outage != null) {
            answered = true;
        }
    }

    /** Records that a call got no connection. When the current attempt has lasted this long, the outage begins. */
    void onAcquireTimeout(Duration time) {
        long since = startedAt;
        if (since != 0 && System.nanoTime() - since >= time.toNanos()) {
            recordOutage(new Outage(ConnectionFailure.TIMEOUT, "08001", source.address(), since));
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        var pause = Duration.ZERO;
        while (true) {
            long start = System.nanoTime();
            try {
                return attempt();
            } catch (SQLException | RuntimeException e) {
                requireOpen();
                onFailure(e, start, pause.isZero());
            }
            pause(pause);
            pause = pause.isZero() ? MIN_PAUSE : Backoff.next(pause, MAX_PAUSE);
        }
    }

    /** Ignores a first failure, which may concern one connection only; the next attempt follows at once. */
    private void onFailure(Exception thrown, long start, boolean first) {
        var fault = fault(thrown);
        if (!first || outage != null || fault == ConnectionFailure.TIMEOUT) {
            recordOutage(Outage.of(thrown, fault, source.address(), start));
        }
    }

    private Connection attempt() throws SQLException {
        startedAt = System.nanoTime() | 1;
        try {
            var attempt = ConnectionAttempt.start(source);
            current = attempt;
            if (closed.getCount() == 0) { // close() abandons the attempt if the pool closes later
                attempt.abandon();
            }
            var connection = CheckedConnection.of(attempt.result(), listener::onDeadConnection);
            onSuccess();
            return connection;
        } finally {
            current = null;
            startedAt = 0;
        }
    }

    private synchronized void onSuccess() {
        var ended = outage;
        outage = null;
        if (ended != null) {
            log.outageEnded(source.address(), ended.age());
        }
    }

    private void recordOutage(Outage seen) {
        if (closed.getCount() == 0) {
            return;
        }
        synchronized (this) {
            var before = outage;
            answered = false;
            outage = before == null ? seen : seen.since(before);
            logOutage(before, seen);
        }
        listener.onOutage();
    }

    private void logOutage(@Nullable Outage before, Outage now) {
        if (before == null) {
            log.outageBegan(now, listener.isServing());
        } else if (before.fault() != now.fault()) {
            log.reasonChanged(now);
        }
    }

    private ConnectionFailure fault(Throwable thrown) {
        var fault = ConnectionFailure.of(thrown, source.hasPassword());
        var before = outage;
        if (!fault.mayBeForeign()) {
            return fault;
        }
        if (before != null && before.fault().isForeign()) {
            return before.fault();
        }
        return ForeignProtocolDetector.detect(source.hosts()).orElse(fault);
    }

    private void pause(Duration time) throws SQLException {
        boolean end;
        try {
            end = closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
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
        var attempt = current;
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

    /** Reacts to failures of connections. */
    interface Listener {
        /** An attempt failed, and the outage is recorded. */
        void onOutage();

        /** An idle connection was lost. */
        void onDeadConnection();

        /** Whether any connections are open. */
        boolean isServing();
    }
}
