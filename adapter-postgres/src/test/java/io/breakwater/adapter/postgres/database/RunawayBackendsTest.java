package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.postgres.Cluster;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.sample.postgres.Relay;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Uses its own cluster, which is killed after each test, because its backends cannot be interrupted. */
@Tag("server")
@Tag("debian")
class RunawayBackendsTest {
    private static final String ROLE = "reader";
    private static final int CALLS = 50;
    private static final int RUNAWAY = 2;
    private static final int UNINTERRUPTIBLE = 4;

    /** Takes hours, and checks for no interrupts. */
    private static final String ALLOWED_BY_NAME =
            "SELECT translate(repeat('a', 3000000), repeat('b', 3000000), '') AS t";

    /** Takes hours, and can be interrupted. */
    private static final String ENDLESS =
            "SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b";

    /** Takes hours too, where nothing in the statement shows that the values are long. */
    private static final String NOT_SEEN = "SELECT position(needle IN hay) AS p FROM hay";

    private static final Cluster CLUSTER = Cluster.start();

    private final CapturedLog log = CapturedLog.of(RunawayBackends.class);
    private final PostgresDatabase database =
            PostgresDatabase.open(DatabaseSettings.forUrl(ConnectionString.of(CLUSTER.url(ROLE)))
                    .withPool(PoolSettings.of(1, 10))
                    .withAllowedFunctions("pg_catalog.translate"));

    @BeforeAll
    static void prepare() {
        CLUSTER.execute(
                "CREATE ROLE " + ROLE + " LOGIN",
                "REVOKE TEMPORARY ON DATABASE postgres FROM PUBLIC",
                "CREATE TABLE hay AS SELECT repeat('a', 3000000) AS hay, 'b' || repeat('a', 1500000) AS needle",
                "GRANT SELECT ON hay TO " + ROLE);
    }

    @AfterAll
    static void close() {
        CLUSTER.close();
    }

    @BeforeEach
    void begin() {
        awaitServed();
    }

    @AfterEach
    void end() {
        database.close();
        log.close();
        endByForce();
    }

    private static void endByForce() {
        CLUSTER.stop();
        CLUSTER.resume();
    }

    @Test
    void callsOneAfterTheOtherLeaveAFewBackendsAtWork() {
        var outcomes = IntStream.range(0, CALLS)
                .mapToObj(i -> outcome(ALLOWED_BY_NAME))
                .toList();

        assertThat(working()).isEqualTo(RUNAWAY);
        assertThat(refused(outcomes)).isPositive();
        assertThat(outcomes.getLast().getMessage())
                .contains("2 of its backends still run after their calls ended")
                .contains("Ask the operator to end them");
        assertIsServed();
    }

    @Test
    void callsAtOnceLeaveNoMoreThanWereInsideTheDatabase() {
        var calls = IntStream.range(0, CALLS)
                .mapToObj(
                        i -> CompletableFuture.supplyAsync(() -> outcome(ALLOWED_BY_NAME), Thread::startVirtualThread))
                .toList();
        assertIsServed();

        var outcomes = calls.stream().map(CompletableFuture::join).toList();

        assertThat(working()).isBetween(1, UNINTERRUPTIBLE);
        assertThat(refused(outcomes)).isPositive();
        assertIsServed();
    }

    @Test
    @CoversOutage("queries: database busy with calls that have ended")
    void functionsThatTheGuardDoesNotSeeStopEverything() {
        leaveUntil(() -> !isServed(), RUNAWAY + 1, NOT_SEEN);

        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(() -> Queries.json(database, "SELECT 1 AS a"))
                .withMessageContaining("The database accepts no statements: 3 of its backends still run")
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.OVERLOADED));
    }

    /** Until the server has said whether their backends work on. */
    @Test
    void callsThatLoseTheirConnectionsTogetherStopNoOthers() {
        try (var relay = Relay.to(PostgresServer.of(CLUSTER).port());
                var relayed = PostgresDatabase.open(DatabaseSettings.forUrl(ConnectionString.of(
                                "postgresql://" + ROLE + "@127.0.0.1:" + relay.port() + "/postgres"))
                        .withPool(PoolSettings.of(RUNAWAY + 1, 10)))) {
            var calls = IntStream.rangeClosed(0, RUNAWAY)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> outcome(relayed, Duration.ofSeconds(10), ENDLESS), Thread::startVirtualThread))
                    .toList();
            Eventually.holds(() -> working() > RUNAWAY);
            relay.freeze();
            calls.forEach(CompletableFuture::join);

            assertThat(outcome(relayed, Duration.ofMillis(900), "SELECT 1"))
                    .isNotInstanceOf(PortException.RefusedException.class);
        }
    }

    @Test
    void operatorsHearOfThemOnceAndInTheHealthReport() {
        leaveUntil(() -> log.count("still run after their calls ended") > 0, RUNAWAY, ALLOWED_BY_NAME);

        assertThat(log.await("still run after their calls ended"))
                .contains("process IDs")
                .contains("kill -QUIT");
        assertThatExceptionOfType(PortException.UnavailableException.class)
                .isThrownBy(() -> database.backends().probe().probe(ManualCallContext.unhurried()))
                .withMessageContaining("pg_terminate_backend have no effect");
        assertThat(log.count("still run after their calls ended")).isEqualTo(1);
    }

    @Test
    @CoversOutage("queries: database busy with calls that have ended")
    void theyAreForgottenWhenTheServerHasEndedThem() {
        leaveUntil(() -> !isServed(), RUNAWAY + 1, NOT_SEEN);

        endByForce();

        awaitServed();
        assertThat(working()).isZero();
    }

    /** The failure of a call that gives the server less than half a second. */
    private PortException outcome(String sql) {
        return outcome(database, Duration.ofMillis(900), sql);
    }

    private static PortException outcome(PostgresDatabase database, Duration time, String sql) {
        try {
            Queries.run(database, ManualCallContext.within(time), Queries.WINDOW, sql);
        } catch (PortException failure) {
            return failure;
        }
        throw new AssertionError("The server has answered: " + sql);
    }

    /**
     * Leaves this number of backends at work, until that shows. A call may run out of time before the server has it, and
     * a connection that the pool is opening looks like one more backend at work for a moment.
     */
    private void leaveUntil(BooleanSupplier shown, int backends, String sql) {
        Eventually.holds(() -> {
            if (shown.getAsBoolean()) {
                return true;
            }
            if (working() < backends) {
                outcome(sql);
            }
            return false;
        });
    }

    private static long refused(List<PortException> outcomes) {
        return outcomes.stream()
                .filter(failure -> failure instanceof PortException.RefusedException refused
                        && refused.reason() == Reason.OVERLOADED)
                .count();
    }

    private void assertIsServed() {
        assertThat(Queries.json(database, "SELECT 1 AS a")).isEqualTo("[{\"a\":1}]");
    }

    private void awaitServed() {
        Eventually.holds(this::isServed);
    }

    private boolean isServed() {
        try {
            assertIsServed();
            return true;
        } catch (PortException notYet) {
            return false;
        }
    }

    private int working() {
        return CLUSTER.sessions(ROLE, "active");
    }
}
