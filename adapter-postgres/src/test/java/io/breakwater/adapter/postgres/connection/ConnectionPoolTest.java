package io.breakwater.adapter.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.postgres.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class ConnectionPoolTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final PostgresServer server = PostgresServer.newest();
    private final RecordedMetrics metrics = new RecordedMetrics();
    private ConnectionPool pool = pool(0, 1, LONG);

    private ConnectionPool pool(int min, int max, Duration acquireTimeout) {
        return pool(new PoolSettings(min, max, acquireTimeout, Duration.ZERO));
    }

    private ConnectionPool pool(PoolSettings settings) {
        return metrics.pool(ConnectionString.of(server.url("postgres", "postgres")), settings);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void connectsOnDemandWhenItKeepsNone() throws SQLException {
        assertThat(connections("idle") + connections("active")).isZero();

        take().close();

        assertThat(connections("idle") + connections("active")).isEqualTo(1);
    }

    @Test
    @CoversOutage("queries: database without a free connection")
    void saysWhenThereIsNoneInTime() throws SQLException {
        pool.close();
        pool = pool(0, 1, Duration.ofSeconds(2));
        try (var only = take()) {
            assertThatExceptionOfType(SQLException.class).isThrownBy(this::take);

            assertThat(pool.isExhausted()).isTrue();
            assertThat(only.isBroken()).isFalse();
            assertThat(connections("active")).isEqualTo(1);
            assertThat(metrics.value("mcp_pool_connections_max{pool=test}")).isEqualTo(1);
            assertThat(metrics.value("mcp_pool_waiting{pool=test}")).isZero();
        }
        assertThat(metrics.value("mcp_pool_timeouts_total{pool=test}")).isEqualTo(1);
        take().close();
    }

    @Test
    void letsACallGoThatIsCancelledWhileItWaits() throws Exception {
        var scope = ManualCallContext.unhurried();
        try (var only = take()) {
            var outcome = new CompletableFuture<Boolean>();
            Thread.startVirtualThread(() -> {
                try (var unexpected = pool.acquire(LONG, scope)) {
                    outcome.complete(unexpected.isBroken());
                } catch (SQLException e) {
                    outcome.complete(Thread.currentThread().isInterrupted());
                }
            });
            awaitWaiting(1);

            scope.cancel();

            assertThat(outcome).as("the thread may go on").succeedsWithin(LONG).isEqualTo(false);
            assertThat(only.isBroken()).isFalse();
        }
        take().close();
    }

    /** Several times, because the pool may not have noticed yet that no connection was available. */
    @RepeatedTest(10)
    void aCallThatWaitsGetsANewConnectionForOneThatIsLost() throws Exception {
        var lost = take();
        var outcome = new CompletableFuture<Boolean>();
        var waiter = Thread.startVirtualThread(() -> {
            try (var next = pool.acquire(LONG, ManualCallContext.unhurried())) {
                outcome.complete(next.isBroken());
            } catch (SQLException e) {
                outcome.completeExceptionally(e);
            }
        });
        awaitWaiting(1);
        while (waiter.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        lost.markUsed(); // it is not verified to be clean

        lost.close();

        assertThat(outcome).succeedsWithin(LONG.dividedBy(2)).isEqualTo(false);
    }

    @Test
    void tellsWhichCallDoesNotGiveItsSessionBack() throws SQLException {
        pool.close();
        pool = pool(new PoolSettings(0, 1, LONG, Duration.ofSeconds(2)));
        try (var log = CapturedLog.of(LeakReporter.class);
                var kept = take()) {
            assertThat(log.await("has used a connection for more than 2000 ms"))
                    .endsWith("or PoolSettings.leakAfter is too short.");
            assertThat(kept.isBroken()).isFalse();
        }
    }

    @Test
    void givesConnectionsToCallsInTheOrderInWhichTheyCame() throws Exception {
        var order = new ConcurrentLinkedQueue<Integer>();
        var only = take();
        var calls = new ArrayList<Thread>();
        for (int i = 0; i < 20; i++) {
            int number = i;
            calls.add(Thread.startVirtualThread(() -> {
                try (var session = pool.acquire(LONG, ManualCallContext.unhurried())) {
                    order.add(session.isBroken() ? -1 : number);
                } catch (SQLException e) {
                    order.add(-1);
                }
            }));
            awaitWaiting(i + 1);
        }

        only.close();

        for (var call : calls) {
            call.join();
        }
        assertThat(order)
                .containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
    }

    @Test
    void breaksOffWhatIsUnderWay() throws Exception {
        var begun = new CountDownLatch(1);
        var outcome = CompletableFuture.supplyAsync(
                () -> {
                    try (var session = take();
                            var statement = session.connection().createStatement()) {
                        begun.countDown();
                        return String.valueOf(statement.execute("SELECT pg_sleep(600)"));
                    } catch (SQLException e) {
                        return String.valueOf(e.getSQLState());
                    }
                },
                Thread::startVirtualThread);
        begun.await();

        pool.abortAll();

        assertThat(outcome).succeedsWithin(LONG).asString().startsWith("08");
        take().close();
    }

    private GuardedConnection take() throws SQLException {
        return pool.acquire(LONG, ManualCallContext.unhurried());
    }

    private double connections(String state) {
        return metrics.value("mcp_pool_connections{pool=test, state=" + state + "}");
    }

    private void awaitWaiting(int calls) {
        while (metrics.value("mcp_pool_waiting{pool=test}") != calls) {
            Thread.onSpinWait();
        }
    }
}
