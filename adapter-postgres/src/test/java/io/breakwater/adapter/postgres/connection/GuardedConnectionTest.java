package io.breakwater.adapter.postgres.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.adapter.postgres.pipeline.BoundStatement;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.postgres.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** State that is left in a session, without the guard's other layers, is found by the fingerprint. */
@Tag("server")
class GuardedConnectionTest {
    private static final BoundStatement ROLLBACK = BoundStatement.of("ROLLBACK");
    private static final BoundStatement PID = BoundStatement.of("SELECT pg_backend_pid()");

    private ConnectionPool pool = pool(Duration.ZERO);
    private final CapturedLog log = CapturedLog.of(GuardedConnection.class);

    private static ConnectionPool pool(Duration retireAfter) {
        var server = ConnectionString.of(PostgresServer.newest().url("postgres", "postgres"));
        var pinned = SessionSettings.forCallers(true, List.of("public"), Duration.ofSeconds(9), Duration.ofSeconds(1));
        var frame = new StatementFrame(pinned, List.of(BoundStatement.of("BEGIN READ ONLY"), ROLLBACK));
        var source = new GuardedDataSource(server, pinned, frame, 1 << 20, connection -> {});
        return new ConnectionPool(
                "test",
                PoolSettings.of(1, 1).withRetireAfter(retireAfter),
                pinned,
                frame,
                source,
                OutageLog.none(),
                "PoolSettings.leakAfter");
    }

    @AfterEach
    void close() {
        pool.close();
        log.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET ROLE pg_monitor                            | role",
                "SET SESSION AUTHORIZATION DEFAULT; SET search_path TO pg_temp | settings",
                "SET statement_timeout TO 0                     | settings",
                "SET lock_timeout TO 0                          | settings",
                "SET TIME ZONE 'Asia/Tokyo'                     | settings",
                "SET default_transaction_read_only TO off       | settings",
                "SET session_replication_role TO replica        | settings",
                "SET IntervalStyle TO postgres                  | settings",
                "PREPARE mine AS SELECT 1                       | prepared statements",
                "DEALLOCATE ALL                                 | prepared statements",
                "LISTEN somebody                                | listening channels",
                "DECLARE mine CURSOR WITH HOLD FOR SELECT 1     | cursors",
            })
    void closesAConnectionWhoseSessionWasChanged(String change, String part) throws SQLException {
        int before;
        try (var session = pool.acquire(Duration.ofSeconds(30))) {
            before = pid(session);
            for (var statement : change.split(";", -1)) {
                session.send(BoundStatement.of(statement));
            }
            prove(session);
            assertThat(session.isUnusable()).isTrue();
        }

        try (var next = pool.acquire(Duration.ofSeconds(30))) {
            assertThat(pid(next)).isNotEqualTo(before);
        }
        log.await("changed the state of the connection: " + part);
    }

    @Test
    void keepsAConnectionThatIsAsItWas() throws SQLException {
        int before;
        try (var session = pool.acquire(Duration.ofSeconds(30))) {
            before = pid(session);
            session.send(
                    BoundStatement.of("BEGIN READ ONLY"),
                    BoundStatement.of("SET LOCAL statement_timeout TO 60000"),
                    BoundStatement.of("SELECT set_config('TimeZone', 'Asia/Tokyo', false)"));
            prove(session);
        }

        try (var next = pool.acquire(Duration.ofSeconds(30))) {
            assertThat(pid(next)).isEqualTo(before);
        }
    }

    @Test
    void retiresAConnectionThatHasWorkedForLong() throws SQLException {
        pool.close();
        pool = pool(Duration.ofNanos(10));
        int before;
        try (var session = pool.acquire(Duration.ofSeconds(30))) {
            before = pid(session);
            prove(session);
        }
        try (var next = pool.acquire(Duration.ofSeconds(30))) {
            assertThat(pid(next)).isNotEqualTo(before);
        }
    }

    @Test
    void releasesAdvisoryLocks() throws SQLException {
        try (var session = pool.acquire(Duration.ofSeconds(30))) {
            session.send(BoundStatement.of("SELECT pg_advisory_lock(4711)"));
            prove(session);
        }

        assertThat(PostgresServer.newest()
                        .number(
                                "postgres",
                                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711"))
                .isZero();
    }

    @Test
    void keepsAConnectionAfterTheServersOwnRefusal() throws SQLException {
        int before;
        try (var session = pool.acquire(Duration.ofSeconds(30))) {
            before = pid(session);
            assertThatThrownBy(() -> session.send(BoundStatement.of("SELECT 1 / 0")))
                    .isInstanceOf(SQLException.class);
            prove(session);
        }
        try (var next = pool.acquire(Duration.ofSeconds(30))) {
            assertThat(pid(next)).isEqualTo(before);
        }
    }

    @Test
    void closesAConnectionAfterAnExceptionThatIsNoRefusal() throws SQLException {
        int before;
        try (var session = pool.acquire(Duration.ofSeconds(30))) {
            before = pid(session);
            assertThatThrownBy(() -> session.lookUp(connection -> {
                        throw new IllegalStateException("planted");
                    }))
                    .hasMessage("planted");
            prove(session);
            assertThat(session.isUnusable()).isTrue();
        }
        try (var next = pool.acquire(Duration.ofSeconds(30))) {
            assertThat(pid(next)).isNotEqualTo(before);
        }
    }

    @Test
    void closesAConnectionOnWhichTheServerAnsweredSomethingElseThanWasSent() throws SQLException {
        int before;
        try (var session = pool.acquire(Duration.ofSeconds(30))) {
            before = pid(session);
            var copy = BoundStatement.of("COPY (SELECT 1) TO STDOUT");
            assertThatThrownBy(() -> session.send(copy)).isInstanceOfAny(SQLException.class, RuntimeException.class);
            prove(session);
            assertThat(session.isUnusable()).isTrue();
        }
        try (var next = pool.acquire(Duration.ofSeconds(30))) {
            assertThat(pid(next)).isNotEqualTo(before);
        }
    }

    private static void prove(GuardedConnection session) {
        try {
            session.verifyClean(session.send(ROLLBACK, session.fingerprint()).getLast());
        } catch (SQLException | RuntimeException e) {
            assertThat(session.isUnusable()).as("after " + e).isTrue();
        }
    }

    private static int pid(GuardedConnection session) throws SQLException {
        var value = session.send(PID).getLast().value(0, 0);
        return Integer.parseInt(new String(requireNonNull(value), UTF_8));
    }
}
