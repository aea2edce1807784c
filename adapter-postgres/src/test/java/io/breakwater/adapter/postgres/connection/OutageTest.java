package io.breakwater.adapter.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.port.driven.CheckSignal;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.sample.postgres.Relay;
import io.breakwater.sample.waiting.Eventually;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The failures of calls, and the log lines, while the server is unavailable. */
@Tag("server")
class OutageTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(500);

    /** Much less than a call would wait. */
    private static final Duration SOON = Eventually.LIMIT;

    private final PostgresServer server = PostgresServer.newest();
    private final String database = server.newDatabase();
    private final Relay relay = Relay.to(server.port());
    private final RecordedMetrics metrics = new RecordedMetrics();
    private final CapturedLog log = CapturedLog.of(LoggingOutageLog.class);
    private ConnectionPool pool = pool(0, LONG, "postgres");

    private ConnectionPool pool(int min, Duration acquireTimeout, String role) {
        return metrics.pool(url(role), settings(min, acquireTimeout));
    }

    private ConnectionString url(String role) {
        return ConnectionString.of("postgresql://" + role + "@127.0.0.1:" + relay.port() + "/" + database);
    }

    private static PoolSettings settings(int min, Duration acquireTimeout) {
        return new PoolSettings(min, 2, acquireTimeout, Duration.ZERO);
    }

    private void open(int min, Duration acquireTimeout, String role) {
        pool.close();
        pool = pool(min, acquireTimeout, role);
    }

    @AfterEach
    void close() {
        pool.close();
        relay.close();
        log.close();
        server.execute(database, "DROP ROLE IF EXISTS only_one");
    }

    @Test
    @CoversOutage("queries: database down")
    void callsFailAtOnceAndNoneCountsAsATimeout() {
        relay.cut();

        var calls = IntStream.range(0, 20).mapToObj(i -> call()).toList();

        assertThat(calls)
                .allSatisfy(call -> assertThat(call).succeedsWithin(SOON).isEqualTo("away: CONNECTION_CLOSED"));
        assertThat(metrics.value("mcp_pool_timeouts_total{pool=test}")).isZero();
    }

    @Test
    void releasesWaitingCallersWhenTheAttemptFails() {
        relay.freeze();
        var calls = IntStream.range(0, 5).mapToObj(i -> call()).toList();
        awaitWaiting(5);

        relay.cut();

        assertThat(calls)
                .allSatisfy(call -> assertThat(call).succeedsWithin(SOON).isEqualTo("away: CONNECTION_CLOSED"));
    }

    @Test
    @CoversOutage("queries: database down")
    void findsOutByItselfThatTheServerIsBackAndSaysSoOnce() throws SQLException {
        relay.cut();
        assertThat(call()).succeedsWithin(SOON).isEqualTo("away: CONNECTION_CLOSED");
        assertThat(call()).succeedsWithin(SOON).isEqualTo("away: CONNECTION_CLOSED");

        relay.mend();

        log.await("test: PostgreSQL at 127.0.0.1:" + relay.port() + "/" + database + " accepts connections again");
        take().close();
        assertThat(log.count("accepts connections again")).isEqualTo(1);
        assertThat(log.count("No connection to PostgreSQL")).isEqualTo(1);
    }

    @Test
    void aServerThatComesUpLaterThanThePoolIsFoundWithoutACall() throws SQLException {
        relay.cut();
        open(1, LONG, "postgres");
        log.await("No connection to PostgreSQL at 127.0.0.1:" + relay.port());

        relay.mend();

        log.await("accepts connections again");
        take().close();
    }

    @Test
    @CoversOutage("queries: database frozen")
    void afterOneCallHasWaitedForASilentServerTheOthersDoNot() {
        relay.freeze();
        open(0, SHORT, "postgres");
        assertThatExceptionOfType(SQLTransientConnectionException.class).isThrownBy(this::take);

        assertThat(IntStream.range(0, 100).mapToObj(i -> outcome())).allMatch("away: TIMEOUT"::equals);
        assertThat(metrics.value("mcp_pool_timeouts_total{pool=test}")).isEqualTo(1);
    }

    @Test
    void aHealthCheckIsRequestedAtOnceAndReportsTheOutageAlone() throws SQLException {
        var checks = new Semaphore(0);
        var signal = new CheckSignal();
        signal.subscribe(checks::release);
        pool.close();
        relay.cut();
        pool = metrics.pool(url("postgres"), settings(1, LONG), OutageLog.healthChecked("test", signal));
        awaitCheck(checks);
        assertThat(call()).succeedsWithin(SOON).isEqualTo("away: CONNECTION_CLOSED");

        relay.mend();

        awaitCheck(checks);
        take().close();
        assertThat(log.count("No connection to PostgreSQL")).isZero();
    }

    @Test
    void anOutageThatNoHealthCheckReportsIsLogged() {
        pool.close();
        relay.cut();
        pool = metrics.pool(url("postgres"), settings(1, LONG), OutageLog.healthChecked("test", new CheckSignal()));

        log.await("No connection to PostgreSQL at 127.0.0.1:" + relay.port());
    }

    @Test
    void aRefusalThatAHealthCheckDoesNotNoticeIsLogged() throws SQLException {
        server.execute(database, "DROP ROLE IF EXISTS only_one", "CREATE ROLE only_one LOGIN CONNECTION LIMIT 1");
        var signal = new CheckSignal();
        signal.subscribe(() -> {});
        pool.close();
        pool = metrics.pool(url("only_one"), settings(0, LONG), OutageLog.healthChecked("test", signal));

        var only = take();
        var next = call();
        log.await("test: No further connection to PostgreSQL at 127.0.0.1:" + relay.port());
        only.close();
        assertThat(next).succeedsWithin(SOON).isEqualTo("a session");
    }

    private static void awaitCheck(Semaphore checks) {
        Eventually.holds(checks::tryAcquire);
    }

    @Test
    void aConnectionThatWorksIsWaitedForWhenNoOtherCanBeOpened() throws SQLException {
        server.execute(database, "DROP ROLE IF EXISTS only_one", "CREATE ROLE only_one LOGIN CONNECTION LIMIT 1");
        open(0, LONG, "only_one");
        var only = take();
        var next = call();
        log.await("the role has as many connections as its CONNECTION LIMIT allows");

        only.close();

        assertThat(next).succeedsWithin(SOON).isEqualTo("a session");
    }

    @Test
    void connectionsThatARestartHasBrokenAreReplacedWithoutAWarning() throws SQLException {
        try (var hikari = CapturedLog.ofWarnings("com.zaxxer.hikari")) {
            var one = take();
            var other = take();
            one.close();
            other.close();
            awaitUnusedForASecond(2);
            relay.cut();
            assertThat(call()).succeedsWithin(SOON).isEqualTo("away: CONNECTION_CLOSED");
            relay.mend();
            log.await("accepts connections again");

            take().close();

            assertThat(hikari.count("")).isZero();
        }
    }

    @Test
    void aProbeEndsWithThePool() {
        relay.cut();
        assertThat(call()).succeedsWithin(SOON).isEqualTo("away: CONNECTION_CLOSED");

        assertThat(CompletableFuture.runAsync(pool::close, Thread::startVirtualThread))
                .succeedsWithin(SOON);

        relay.mend();
        assertThat(outcome()).isEqualTo("08003");
        assertThat(log.count("accepts connections again")).isZero();
    }

    /** HikariCP asks a connection whether it is alive only when it was not used for half a second. */
    private void awaitUnusedForASecond(int connections) throws SQLException {
        var unused = "SELECT count(*) FROM pg_stat_activity WHERE datname = '" + database
                + "' AND clock_timestamp() - state_change > interval '1 s'";
        Eventually.holds(() -> server.number("postgres", unused) == connections);
    }

    private CompletableFuture<String> call() {
        return CompletableFuture.supplyAsync(this::outcome, Thread::startVirtualThread);
    }

    private String outcome() {
        try (var session = take()) {
            return session.isBroken() ? "a broken session" : "a session";
        } catch (ServerUnavailableException e) {
            return "away: " + e.outage().fault();
        } catch (SQLException e) {
            return String.valueOf(e.getSQLState());
        }
    }

    private GuardedConnection take() throws SQLException {
        return pool.acquire(LONG, ManualCallContext.unhurried());
    }

    private void awaitWaiting(int calls) {
        Eventually.holds(() -> metrics.value("mcp_pool_waiting{pool=test}") == calls);
    }
}
