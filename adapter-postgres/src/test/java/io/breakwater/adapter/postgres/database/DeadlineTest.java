package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.adapter.postgres.database.DatabaseSettings.Limits;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.SqlGateway;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("server")
class DeadlineTest {
    /** Runs for hours, and calls nothing that is denied. */
    private static final String ENDLESS =
            "SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b";

    @RegisterExtension
    final Databases databases = new Databases(PostgresServer.newest());

    @Test
    void stopsAStatementBeforeTheDeadline() {
        var database = databases.open();

        assertThatExceptionOfType(PortException.DeadlineExceededException.class)
                .isThrownBy(() -> run(database, ManualCallContext.within(Duration.ofMillis(1_500)), ENDLESS));
        assertThat(Queries.json(database, "SELECT 1 AS a")).isEqualTo("[{\"a\":1}]");
        assertThat(running()).isEqualTo("0");
    }

    @Test
    void stopsAStatementThatIsCancelled() throws Exception {
        var database = databases.open();
        var scope = ManualCallContext.unhurried();
        var call = CompletableFuture.supplyAsync(() -> run(database, scope, ENDLESS), Thread::startVirtualThread);
        awaitRunning("1");

        scope.cancel();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(call::get)
                .withCauseInstanceOf(PortException.DeadlineExceededException.class);
        awaitRunning("0");
    }

    @Test
    void stopsAStatementWhoseThreadIsInterrupted() throws Exception {
        var database = databases.open();
        var scope = ManualCallContext.unhurried();
        var outcome = new CompletableFuture<SqlGateway.StatementResult>();
        var thread = Thread.startVirtualThread(() -> {
            try {
                outcome.complete(run(database, scope, ENDLESS));
            } catch (PortException failure) {
                outcome.completeExceptionally(failure);
            }
        });
        awaitRunning("1");

        thread.interrupt();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(outcome::get)
                .withCauseInstanceOf(PortException.class);
        awaitRunning("0");
        assertThat(Queries.json(database, "SELECT 1 AS a")).isEqualTo("[{\"a\":1}]");
    }

    /** One connection, so that a cancellation that came late would hit the next statement of another call. */
    @Test
    void neverStopsTheNextStatementOfTheSameServer() throws Exception {
        var database = databases.open(databases.settings().withPool(PoolSettings.of(1, 1)));
        for (int i = 0; i < 200; i++) {
            var scope = ManualCallContext.unhurried();
            var canceller = Thread.startVirtualThread(scope::cancel);
            try {
                run(database, scope, "SELECT count(*) FROM generate_series(1, " + (i * 50 + 1) + ")");
            } catch (PortException.DeadlineExceededException stopped) {
                assertThat(scope.cancelled()).isTrue();
            }
            assertThat(Queries.json(database, "SELECT count(*) AS n FROM generate_series(1, 2000)"))
                    .isEqualTo("[{\"n\":2000}]");
            canceller.join();
        }
    }

    /** One connection, whose socket would still give up after the time that the hurried call had. */
    @Test
    void aCallDoesNotInheritTheTimeoutOfTheOneBefore() throws Exception {
        var patient = new Limits(Duration.ofSeconds(60), Duration.ofSeconds(60), 1 << 20);
        var database = databases.open(
                databases.settings().withPool(PoolSettings.of(1, 1)).withLimits(patient));
        var hurried = Duration.ofMillis(900);
        assertThat(Queries.json(database, "SELECT 1 AS a")).isEqualTo("[{\"a\":1}]");
        run(database, ManualCallContext.within(hurried), "SELECT 1 AS a");
        try (var catalogue = new LockedCatalog(databases, "pg_catalog.pg_extension")) {
            var next = CompletableFuture.supplyAsync(
                    () -> Queries.json(database, "SELECT abs(-1) AS a"), Thread::startVirtualThread);
            catalogue.awaitWaiterFor(hurried.plusMillis(600), next);

            catalogue.release();

            assertThat(next).succeedsWithin(Eventually.LIMIT).isEqualTo("[{\"a\":1}]");
        }
    }

    @Test
    @CoversOutage("queries: database frozen")
    void givesUpAServerThatAcceptsAndNeverAnswers() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var url = ConnectionString.of("postgresql://reader@127.0.0.1:" + silent.getLocalPort() + "/shop");
            var database = databases.open(DatabaseSettings.forUrl(url));

            assertThatExceptionOfType(PortException.UnavailableException.class)
                    .isThrownBy(() -> run(database, ManualCallContext.within(Duration.ofMillis(1_500)), "SELECT 1"))
                    .satisfies(failure -> assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(1)));
        }
    }

    @Test
    void saysThatAServerIsNotThere() throws IOException {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        var url = ConnectionString.of("postgresql://reader:hunter2@127.0.0.1:" + free + "/shop");
        var database = databases.open(DatabaseSettings.forUrl(url));

        assertThatExceptionOfType(PortException.UnavailableException.class)
                .isThrownBy(() -> run(database, ManualCallContext.within(Duration.ofMillis(1_500)), "SELECT 1"))
                .withMessage("The database cannot be reached (SQLSTATE 08001).")
                .satisfies(failure -> assertThat(String.valueOf(failure.getCause()))
                        .doesNotContain("hunter2")
                        .doesNotContain(Integer.toString(free)));
    }

    private SqlGateway.StatementResult run(SqlGateway database, ManualCallContext scope, String sql) {
        return Queries.run(database, scope, Queries.WINDOW, sql);
    }

    private void awaitRunning(String count) {
        while (!running().equals(count)) {
            Thread.onSpinWait();
        }
    }

    /** How many statements run in the database beside this question. */
    private String running() {
        try (var connection = databases.server().connect(databases.name(), "postgres");
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM pg_stat_activity WHERE datname ="
                        + " current_database() AND state = 'active' AND pid <> pg_backend_pid()")) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
