package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.adapter.postgres.database.DatabaseSettings.Limits;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.port.driven.SqlGateway.Rows;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.sample.waiting.Eventually;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of a call whose connection the server ends. */
@Tag("server")
class TerminatedReadTest {
    private static final Duration BOUND = Eventually.LIMIT;

    @RegisterExtension
    final Databases databases = new Databases(PostgresServer.newest());

    private Connection owner;

    @BeforeEach
    void lock() throws SQLException {
        databases.prepare("CREATE TABLE item AS SELECT 1 AS id", "GRANT UPDATE ON item TO reader");
        owner = databases.server().connect(databases.name(), "postgres");
        owner.setAutoCommit(false);
        owner.createStatement().execute("LOCK TABLE item IN ACCESS EXCLUSIVE MODE");
    }

    @AfterEach
    void release() throws SQLException {
        owner.close();
    }

    @Test
    void aReadIsDoneAgain() throws SQLException {
        var read = ask(open(AccessMode.READ_ONLY), "SELECT id FROM item");
        long first = waiter(0);

        terminate(first);

        assertThat(waiter(first)).isNotEqualTo(first);
        owner.rollback();
        assertThat(read).succeedsWithin(BOUND).isEqualTo("[{\"id\":1}]");
    }

    @Test
    void aReadIsDoneAgainOnceAlone() throws SQLException {
        var read = ask(open(AccessMode.READ_ONLY), "SELECT id FROM item");
        long first = waiter(0);
        terminate(first);

        terminate(waiter(first));

        assertThat(read)
                .succeedsWithin(BOUND)
                .asString()
                .isEqualTo("unavailable, retry after PT1S: The database ended the connection (SQLSTATE 57P01).");
    }

    @Test
    void aChangeIsNotDoneAgain() throws SQLException {
        var change = ask(open(AccessMode.READ_WRITE), "UPDATE item SET id = id + 1");
        long first = waiter(0);

        terminate(first);

        assertThat(change).succeedsWithin(BOUND).asString().startsWith("unavailable");
        owner.rollback();
        assertThat(databases.server().number(databases.name(), "SELECT id FROM item"))
                .isEqualTo(1);
    }

    /** Within the half second in which HikariCP does not ask a connection whether it is alive. */
    @Test
    void aReadSurvivesThatAllConnectionsOfThePoolWereEnded() throws SQLException {
        owner.rollback();
        var database = open(AccessMode.READ_ONLY);
        for (int i = 0; i < 20; i++) {
            assertThat(Queries.json(database, "SELECT id FROM item")).isEqualTo("[{\"id\":1}]");
            databases
                    .server()
                    .number(
                            databases.name(),
                            "SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity"
                                    + " WHERE datname = current_database() AND usename = 'reader'");
        }

        assertThat(Queries.json(database, "SELECT id FROM item")).isEqualTo("[{\"id\":1}]");
    }

    /** A server cancels such a call, and interrupts its thread: the driver takes that for a lost connection. */
    @Test
    void aClientThatLeavesIsNoFaultForTheLog() throws Exception {
        var database = open(AccessMode.READ_ONLY);
        assertThat(Queries.json(database, "SELECT 1 AS a")).isEqualTo("[{\"a\":1}]");
        try (var pools = CapturedLog.ofWarnings("com.zaxxer.hikari");
                var ours = CapturedLog.ofWarnings("io.breakwater.adapter")) {
            var scope = ManualCallContext.unhurried();
            var failure = new CompletableFuture<Throwable>();
            var caller = Thread.startVirtualThread(() -> {
                try {
                    Queries.run(database, scope, Queries.WINDOW, "SELECT id FROM item");
                } catch (PortException e) {
                    failure.complete(e);
                }
            });
            waiter(0);

            scope.cancel();
            caller.interrupt();

            assertThat(failure)
                    .succeedsWithin(BOUND)
                    .isInstanceOf(PortException.DeadlineExceededException.class)
                    .satisfies(thrown -> assertThat(thrown).hasNoCause());
            assertThat(pools.count("") + ours.count("")).isZero();
        }
    }

    private PostgresDatabase open(AccessMode mode) {
        return databases.open(databases
                .settings()
                .withMode(mode)
                .withPool(PoolSettings.of(3, 4))
                .withLimits(new Limits(BOUND, BOUND, 1 << 20)));
    }

    private static CompletableFuture<String> ask(PostgresDatabase database, String sql) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        var answer = Queries.run(database, ManualCallContext.within(BOUND), Queries.WINDOW, sql);
                        return answer instanceof Rows rows ? Queries.text(rows) : answer.toString();
                    } catch (PortException.UnavailableException e) {
                        return "unavailable, retry after " + e.retryAfter() + ": " + e.getMessage();
                    }
                },
                Thread::startVirtualThread);
    }

    /** The server process of the reader that waits for the lock and is not that one. */
    private long waiter(long other) throws SQLException {
        long process = 0;
        long end = System.nanoTime() + BOUND.toNanos();
        while (process == 0) {
            assertThat(System.nanoTime()).as("a process that waits").isLessThan(end);
            process = databases
                    .server()
                    .number(
                            databases.name(),
                            "SELECT coalesce(max(pid), 0) FROM pg_stat_activity WHERE usename = 'reader'"
                                    + " AND datname = current_database() AND wait_event_type = 'Lock' AND pid <> "
                                    + other);
        }
        return process;
    }

    private void terminate(long process) throws SQLException {
        databases.server().number(databases.name(), "SELECT pg_terminate_backend(" + process + ", 10000)::int");
    }
}
