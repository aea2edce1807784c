package io.breakwater.adapter.postgres.database;

import static io.breakwater.adapter.postgres.database.ReplicatedCluster.await;
import static io.breakwater.adapter.postgres.database.ReplicatedCluster.copied;
import static io.breakwater.adapter.postgres.database.ReplicatedCluster.readsFromCopy;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.postgres.connection.RecordedMetrics;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.port.driven.SqlGateway.CostGate;
import io.breakwater.port.driven.SqlGateway.Rows;
import io.breakwater.port.driven.SqlGateway.Window;
import io.breakwater.port.driven.TableCatalog.TableName;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.postgres.Cluster;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests with a primary and real replicas. */
@Tag("server")
@Tag("debian")
class ReplicasTest {
    @RegisterExtension
    static final ReplicatedCluster SERVERS = new ReplicatedCluster();

    private static Cluster copy;

    @BeforeAll
    static void copy() {
        copy = SERVERS.copy();
    }

    @AfterEach
    void goOn() {
        copy.execute("SELECT pg_wal_replay_resume()");
    }

    @Test
    void readsFromTheCopyAndChangesThePrimary() {
        var database = copied(SERVERS.open(AccessMode.READ_WRITE, Duration.ofMinutes(1), copy));

        assertThat(Queries.json(
                        database, "UPDATE item SET name = 'x' WHERE id = 1 RETURNING pg_is_in_recovery() AS copy"))
                .isEqualTo("[{\"copy\":false}]");
        copied(database);
    }

    @Test
    void takesTurnsWithItsCopies() {
        var other = SERVERS.copy();
        other.execute("ALTER SYSTEM SET work_mem = '5MB'", "SELECT pg_reload_conf()");
        var database = copied(SERVERS.open(copy, other));

        await(() ->
                ofFour(database, "5MB") == 2); // each copy joins, and on a busy machine leaves, at a time of its own
    }

    private static long ofFour(PostgresDatabase database, String answer) {
        return Stream.generate(() -> show(database))
                .limit(4)
                .filter(shown -> shown.contains(answer))
                .count();
    }

    private static String show(PostgresDatabase database) {
        return Queries.json(database, "SHOW work_mem");
    }

    @Test
    void readsWhatItWroteFromThePrimaryUntilACopyHasItToo() {
        var database = copied(SERVERS.open(AccessMode.READ_WRITE, Duration.ofMinutes(1), copy));
        copy.execute("SELECT pg_wal_replay_pause()");

        Queries.run(
                database,
                ManualCallContext.unhurried(),
                Queries.WINDOW,
                "UPDATE item SET name = $1 WHERE id = 2",
                Json.of("mine"));

        assertThat(Queries.json(database, "SELECT name, pg_is_in_recovery() AS copy FROM item WHERE id = 2"))
                .isEqualTo("[{\"name\":\"mine\",\"copy\":false}]");
        copy.execute("SELECT pg_wal_replay_resume()");
        await(() -> Queries.json(database, "SELECT name, pg_is_in_recovery() AS copy FROM item WHERE id = 2")
                .equals("[{\"name\":\"mine\",\"copy\":true}]"));
    }

    @Test
    void leavesACopyAloneThatIsTooFarBehindUntilItHasCaughtUp() {
        var database = copied(SERVERS.open(AccessMode.READ_ONLY, Duration.ofMillis(500), copy));
        copy.execute("SELECT pg_wal_replay_pause()");

        SERVERS.primary().execute("UPDATE item SET name = 'newer' WHERE id = 3");

        await(() -> Queries.json(database, "SELECT name FROM item WHERE id = 3").equals("[{\"name\":\"newer\"}]"));
        assertThat(readsFromCopy(database)).isFalse();
        copy.execute("SELECT pg_wal_replay_resume()");
        copied(database);
    }

    @Test
    void aPrimaryThatIsIdleMakesNoCopyLookBehind() {
        var database = copied(SERVERS.open(AccessMode.READ_ONLY, Duration.ofMillis(500), copy));
        long end = System.nanoTime() + Duration.ofMillis(1_500).toNanos();

        while (System.nanoTime() < end) {
            assertThat(readsFromCopy(database)).isTrue();
        }
    }

    @Test
    void doesEverythingThatReadsOnTheCopy() {
        var database = copied(SERVERS.open(copy));
        var scope = ManualCallContext.unhurried();
        var where = Queries.sql("SELECT pg_is_in_recovery() AS copy");

        assertThat(database.executeAll(List.of(where, where), Queries.WINDOW, CostGate.OPEN, scope))
                .extracting(answer -> Queries.text((Rows) answer))
                .containsOnly("[{\"copy\":true}]");
        assertThat(Queries.text(Queries.rows(database, new Window(10, 2, 1_000), "SELECT id FROM item ORDER BY id")))
                .isEqualTo("[{\"id\":11},{\"id\":12}]");
        assertThat(database.explain(Queries.sql("SELECT name FROM item"), scope).toString())
                .isNotEmpty();
        assertThat(database.tables(scope)).extracting(TableName::name).contains("item");
        assertThat(database.table("item", scope)).isPresent();
        assertThat(readsFromCopy(database)).isTrue();
    }

    @Test
    void asksThePrimaryForWhatACopyCannotGive() {
        var database = copied(SERVERS.open(copy));

        assertThat(Queries.json(database, "SELECT id, pg_is_in_recovery() AS copy FROM scratch"))
                .isEqualTo("[{\"id\":1,\"copy\":false}]");
        assertThat(readsFromCopy(database)).isTrue();
    }

    @Test
    void findsATableThatTheCopyDoesNotHaveYet() {
        var database = copied(SERVERS.open(copy));
        copy.execute("SELECT pg_wal_replay_pause()");
        SERVERS.primary().execute("CREATE TABLE newest AS SELECT 7 AS id", "GRANT SELECT ON newest TO reader");

        assertThat(Queries.json(database, "SELECT id FROM newest")).isEqualTo("[{\"id\":7}]");
    }

    @Test
    void whatItsCallerEndsIsNotDoneAgain() {
        var database = copied(SERVERS.open(copy));
        var scope = ManualCallContext.unhurried();
        var call = CompletableFuture.supplyAsync(
                () -> Queries.run(
                        database,
                        scope,
                        Queries.WINDOW,
                        ReplicatedCluster.ENDLESS_ON_COPIES.replace("ELSE 0", "ELSE length(version()) / 0")),
                Thread::startVirtualThread);
        await(() -> copy.sessions("reader", "active") == 1);

        scope.cancel();

        // On the primary it would have divided by zero.
        assertThat(call)
                .failsWithin(Eventually.LIMIT)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(PortException.DeadlineExceededException.class);
    }

    @Test
    void showsHowFarACopyIsBehind() {
        var metrics = new RecordedMetrics();
        var database = SERVERS.open(copy);
        database.bindMetrics(metrics);

        copied(database);

        assertThat(metrics.value("mcp_database_replica_lag_seconds{replica=database-replica-1}"))
                .isBetween(0.0, 60.0);
        assertThat(metrics.value("mcp_pool_connections_max{pool=database-replica-1}"))
                .isEqualTo(8);
    }
}
