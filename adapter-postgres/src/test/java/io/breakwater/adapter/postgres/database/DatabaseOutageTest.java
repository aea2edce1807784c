package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.SqlGateway;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.sample.postgres.Relay;
import io.breakwater.sample.waiting.Eventually;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Queries while the database never answers, or has no connection left. */
@Tag("server")
class DatabaseOutageTest {
    private static final String ENDLESS =
            "SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b";

    @RegisterExtension
    final Databases databases = new Databases(PostgresServer.newest());

    private final Relay relay = Relay.to(databases.server().port());

    @AfterEach
    void close() {
        relay.close();
    }

    @Test
    @CoversOutage("queries: database frozen")
    void aQueryEndsAtItsDeadlineIfTheDatabaseNeverAnswers() {
        var database = databases.open(DatabaseSettings.forUrl(
                        ConnectionString.of("postgresql://reader@127.0.0.1:" + relay.port() + "/" + databases.name()))
                .withPool(PoolSettings.of(1, 1)));
        assertThat(Queries.json(database, "SELECT 1 AS a")).isEqualTo("[{\"a\":1}]");

        relay.freeze();
        assertThatExceptionOfType(PortException.class)
                .isThrownBy(() -> run(database, ManualCallContext.within(Duration.ofMillis(1_500)), "SELECT 2 AS a"));

        relay.mend();
        Eventually.holds(() -> isAnswered(database));
    }

    private static boolean isAnswered(SqlGateway database) {
        try {
            return Queries.json(database, "SELECT 3 AS a").equals("[{\"a\":3}]");
        } catch (PortException notYet) {
            return false;
        }
    }

    @Test
    @CoversOutage("queries: database without a free connection")
    void aQueryIsRefusedIfNoConnectionIsFreeInTime() throws Exception {
        var database = databases.open(databases.settings().withPool(PoolSettings.of(1, 1)));
        Eventually.holds(() -> isAnswered(database)); // on the connection that the next call occupies
        var scope = ManualCallContext.unhurried();
        var running = CompletableFuture.runAsync(() -> run(database, scope, ENDLESS), Thread::startVirtualThread);
        Eventually.holds(this::isEndlessRunning);

        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(() -> run(database, ManualCallContext.unhurried(), "SELECT 1 AS a"))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.OVERLOADED));

        scope.cancel();
        assertThat(running).failsWithin(Eventually.LIMIT);
        Eventually.holds(() -> isAnswered(database));
    }

    private boolean isEndlessRunning() throws SQLException {
        return databases
                        .server()
                        .number(
                                databases.name(),
                                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                        + " AND state = 'active' AND usename = 'reader'")
                == 1;
    }

    private static void run(SqlGateway database, ManualCallContext scope, String sql) {
        var unused = Queries.run(database, scope, Queries.WINDOW, sql);
    }
}
