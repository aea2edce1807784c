package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.postgres.Cluster;
import io.breakwater.sample.waiting.Eventually;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** PostgreSQL 15 keeps each query of callers as an entry of its own, unless operators do what the log tells them. */
@Tag("server")
@Tag("debian")
class StatementStatisticsTest {
    private static final String WARNING = "ALTER ROLE reader SET pg_stat_statements.track_utility TO off";

    private final Cluster cluster = Cluster.start();
    private final CapturedLog log = CapturedLog.of(StatementStatistics.class);

    @AfterEach
    void stop() {
        log.close();
        cluster.close();
    }

    @Test
    void warnsOnceAndWhatItSaysHelps() throws SQLException {
        load();
        ask(1, 2, 3);
        assertThat(log.count(WARNING)).isEqualTo(1);
        assertThat(entries()).isEqualTo(3);

        cluster.execute(WARNING);

        ask(4, 5, 6);
        assertThat(log.count(WARNING)).isEqualTo(1);
        assertThat(entries()).isEqualTo(3);
    }

    /** There the setting is a text that means nothing. */
    @Test
    void saysNothingWhereTheExtensionIsNotLoaded() {
        cluster.execute("CREATE ROLE reader LOGIN", "ALTER ROLE reader SET pg_stat_statements.track_utility TO on");

        ask(1);

        assertThat(log.count("")).isZero();
    }

    private void load() {
        cluster.execute(
                "CREATE ROLE reader LOGIN",
                "CREATE EXTENSION pg_stat_statements",
                "ALTER SYSTEM SET shared_preload_libraries TO 'pg_stat_statements'");
        cluster.stop();
        cluster.resume();
    }

    /** Each once; by the end both connections of the pool have been greeted. */
    private void ask(int... numbers) {
        var settings = DatabaseSettings.forUrl(ConnectionString.of(cluster.url("reader")));
        try (var database = PostgresDatabase.open(settings.withPool(PoolSettings.of(2, 2)))) {
            for (int number : numbers) {
                assertThat(Queries.json(database, "SELECT " + number + " AS n")).isEqualTo("[{\"n\":" + number + "}]");
            }
            Eventually.holds(() -> cluster.sessions("reader", "idle") == 2);
        }
    }

    private long entries() throws SQLException {
        var url = "jdbc:" + cluster.url("x").replace("x@", "");
        try (var connection = DriverManager.getConnection(url, "postgres", "");
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_statements WHERE query LIKE 'DECLARE%CURSOR%AS n'")) {
            row.next();
            return row.getLong(1);
        }
    }
}
