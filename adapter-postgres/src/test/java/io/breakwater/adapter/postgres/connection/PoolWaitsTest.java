package io.breakwater.adapter.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.sample.postgres.Relay;
import io.breakwater.sample.waiting.Eventually;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The ends of unsuccessful waits for a connection. */
@Tag("server")
class PoolWaitsTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofSeconds(2);

    /** Much less than a call would wait. */
    private static final Duration SOON = Eventually.LIMIT;

    private static final String CLOSED = "08003";

    private final PostgresServer server = PostgresServer.newest();
    private final String database = server.newDatabase();
    private final Relay relay = Relay.to(server.port());
    private final RecordedMetrics metrics = new RecordedMetrics();
    private ConnectionPool pool = pool(LONG);

    private ConnectionPool pool(Duration acquireTimeout) {
        var url = ConnectionString.of("postgresql://postgres@127.0.0.1:" + relay.port() + "/" + database);
        return metrics.pool(url, new PoolSettings(0, 2, acquireTimeout, Duration.ZERO));
    }

    @AfterEach
    void close() {
        pool.close();
        relay.close();
    }

    @Test
    void releasesCallersThatWaitForAConnectionWhenItCloses() throws SQLException {
        try (var one = take();
                var other = take()) {
            var calls = IntStream.range(0, 5).mapToObj(i -> call()).toList();
            awaitWaiting(5);

            var closing = CompletableFuture.runAsync(pool::close, Thread::startVirtualThread);

            assertThat(calls).allSatisfy(PoolWaitsTest::endedAsClosed);
            assertThat(closing).succeedsWithin(SOON);
            assertThat(one.isBroken() && other.isBroken()).isTrue();
        }
        assertThat(timeouts()).isZero();
    }

    @Test
    void releasesCallersThatWaitForTheServerWhenItCloses() {
        relay.freeze();
        var call = call();
        awaitWaiting(1);

        var closing = CompletableFuture.runAsync(pool::close, Thread::startVirtualThread);

        endedAsClosed(call);
        assertThat(closing).succeedsWithin(SOON);
        assertThat(timeouts()).isZero();
    }

    @Test
    void givesNoConnectionAfterItIsClosed() throws SQLException {
        take().close();

        pool.close();

        assertThatExceptionOfType(SQLException.class).isThrownBy(this::take).returns(CLOSED, SQLException::getSQLState);
        assertThat(pool.isExhausted()).isFalse();
    }

    /** Some calls wait, some have just got a connection, some return theirs. */
    @RepeatedTest(5)
    void closedAmidCallsItLetsAllGoAndKeepsNoConnection() throws SQLException {
        var done = new AtomicInteger();
        var calls = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> callOn(done), Thread::startVirtualThread))
                .toList();
        while (done.get() < 200) {
            Thread.onSpinWait();
        }

        pool.close();

        assertThat(calls).allSatisfy(PoolWaitsTest::endedAsClosed);
        awaitNoConnection();
    }

    private String callOn(AtomicInteger done) {
        while (true) {
            try (var session = take()) {
                done.addAndGet(session.isBroken() ? 0 : 1);
            } catch (SQLException e) {
                return String.valueOf(e.getSQLState());
            }
        }
    }

    @Test
    void countsAsATimeoutWhoseTimeWasOver() throws SQLException {
        pool.close();
        pool = pool(SHORT);
        try (var one = take();
                var other = take()) {
            assertThatExceptionOfType(SQLException.class).isThrownBy(this::take);
            assertThat(one.isBroken() || other.isBroken()).isFalse();
        }
        assertThat(timeouts()).isEqualTo(1);
    }

    @Test
    void countsATimeoutWhenNoServerWasAvailable() {
        relay.freeze();
        pool.close();
        pool = pool(SHORT);

        assertThatExceptionOfType(SQLException.class).isThrownBy(this::take);

        assertThat(timeouts()).isEqualTo(1);
    }

    @Test
    void countsNoCallThatIsCancelledWhileItWaits() {
        relay.freeze();
        var scope = ManualCallContext.unhurried();
        var call = call(scope);
        awaitWaiting(1);

        scope.cancel();

        assertThat(call).succeedsWithin(SOON);
        assertThat(timeouts()).isZero();
    }

    @Test
    void countsNoCallThatIsInterruptedWhileItWaitsForItsTurn() throws Exception {
        try (var one = take();
                var other = take()) {
            var interrupted = new CompletableFuture<Boolean>();
            var waiter = Thread.startVirtualThread(() -> {
                var unused = outcome(ManualCallContext.unhurried());
                interrupted.complete(Thread.currentThread().isInterrupted());
            });
            awaitWaiting(1);

            waiter.interrupt();

            assertThat(interrupted).succeedsWithin(SOON).isEqualTo(true);
            assertThat(one.isBroken() || other.isBroken()).isFalse();
        }
        assertThat(timeouts()).isZero();
    }

    private CompletableFuture<String> call() {
        return call(ManualCallContext.unhurried());
    }

    private CompletableFuture<String> call(ManualCallContext scope) {
        return CompletableFuture.supplyAsync(() -> outcome(scope), Thread::startVirtualThread);
    }

    private String outcome(ManualCallContext scope) {
        try (var session = pool.acquire(LONG, scope)) {
            return "a session, broken: " + session.isBroken();
        } catch (SQLException e) {
            return String.valueOf(e.getSQLState());
        }
    }

    private static void endedAsClosed(CompletableFuture<String> call) {
        assertThat(call).succeedsWithin(SOON).isEqualTo(CLOSED);
    }

    private GuardedConnection take() throws SQLException {
        return pool.acquire(LONG);
    }

    private double timeouts() {
        return metrics.value("mcp_pool_timeouts_total{pool=test}");
    }

    private void awaitWaiting(int calls) {
        while (metrics.value("mcp_pool_waiting{pool=test}") != calls) {
            Thread.onSpinWait();
        }
    }

    /** The server notices a little later than we. */
    private void awaitNoConnection() throws SQLException {
        try (var watcher = server.connect("postgres", "postgres")) {
            while (connections(watcher) > 0) {
                Thread.onSpinWait();
            }
        }
    }

    private int connections(Connection watcher) throws SQLException {
        try (var question = watcher.prepareStatement("SELECT count(*) FROM pg_stat_activity WHERE datname = ?")) {
            question.setString(1, database);
            try (var rows = question.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }
}
