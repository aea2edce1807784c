package io.breakwater.adapter.postgres.database;

import static io.breakwater.adapter.postgres.database.Replicated.await;
import static io.breakwater.adapter.postgres.database.Replicated.copied;
import static io.breakwater.adapter.postgres.database.Replicated.readsFromCopy;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.postgres.connection.Shown;
import io.breakwater.port.PortException;
import io.breakwater.port.Json;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.port.driven.SqlGateway.CostGate;
import io.breakwater.port.driven.SqlGateway.Rows;
import io.breakwater.port.driven.SqlGateway.Window;
import io.breakwater.port.driven.TableCatalog.TableName;
import io.breakwater.port.memory.ManualScope;
import io.breakwater.sample.postgres.Cluster;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With a primary and copies that follow it as copies do in earnest. */
@Tag("server")
@Tag("debian")
class ReplicasTest {
    @RegisterExtension
    static final Replicated SERVERS = new Replicated();

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

        assertThat(Ask.json(database, "UPDATE item SET name = 'x' WHERE id = 1 RETURNING pg_is_in_recovery() AS copy"))
                .isEqualTo("[{\"copy\":false}]");
        copied(database);
    }

    @Test
    void takesTurnsWithItsCopies() {
        var other = SERVERS.copy();
        other.execute("ALTER SYSTEM SET work_mem = '5MB'", "SELECT pg_reload_conf()");
        var database = copied(SERVERS.open(copy, other));
        await(() -> Ask.json(database, "SHOW work_mem").contains("5MB"));

        var four = List.of(show(database), show(database), show(database), show(database));

        assertThat(four.stream().filter(answer -> answer.contains("5MB"))).hasSize(2);
    }

    private static String show(PostgresDatabase database) {
        return Ask.json(database, "SHOW work_mem");
    }

    @Test
    void readsWhatItWroteFromThePrimaryUntilACopyHasItToo() {
        var database = copied(SERVERS.open(AccessMode.READ_WRITE, Duration.ofMinutes(1), copy));
        copy.execute("SELECT pg_wal_replay_pause()");

        Ask.run(
                database,
                ManualScope.unhurried(),
                Ask.WINDOW,
                "UPDATE item SET name = $1 WHERE id = 2",
                Json.of("mine"));

        assertThat(Ask.json(database, "SELECT name, pg_is_in_recovery() AS copy FROM item WHERE id = 2"))
                .isEqualTo("[{\"name\":\"mine\",\"copy\":false}]");
        copy.execute("SELECT pg_wal_replay_resume()");
        await(() -> Ask.json(database, "SELECT name, pg_is_in_recovery() AS copy FROM item WHERE id = 2")
                .equals("[{\"name\":\"mine\",\"copy\":true}]"));
    }

    @Test
    void leavesACopyAloneThatIsTooFarBehindUntilItHasCaughtUp() {
        var database = copied(SERVERS.open(AccessMode.READ_ONLY, Duration.ofMillis(500), copy));
        copy.execute("SELECT pg_wal_replay_pause()");

        SERVERS.primary().execute("UPDATE item SET name = 'newer' WHERE id = 3");

        await(() -> Ask.json(database, "SELECT name FROM item WHERE id = 3").equals("[{\"name\":\"newer\"}]"));
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
        var scope = ManualScope.unhurried();
        var where = Ask.sql("SELECT pg_is_in_recovery() AS copy");

        assertThat(database.executeAll(List.of(where, where), Ask.WINDOW, CostGate.OPEN, scope))
                .extracting(answer -> Ask.text((Rows) answer))
                .containsOnly("[{\"copy\":true}]");
        assertThat(Ask.text(Ask.rows(database, new Window(10, 2, 1_000), "SELECT id FROM item ORDER BY id")))
                .isEqualTo("[{\"id\":11},{\"id\":12}]");
        assertThat(database.explain(Ask.sql("SELECT name FROM item"), scope).toString())
                .isNotEmpty();
        assertThat(database.tables(scope)).extracting(TableName::name).contains("item");
        assertThat(database.table("item", scope)).isPresent();
        assertThat(readsFromCopy(database)).isTrue();
    }

    @Test
    void asksThePrimaryForWhatACopyCannotGive() {
        var database = copied(SERVERS.open(copy));

        assertThat(Ask.json(database, "SELECT id, pg_is_in_recovery() AS copy FROM scratch"))
                .isEqualTo("[{\"id\":1,\"copy\":false}]");
        assertThat(readsFromCopy(database)).isTrue();
    }

    @Test
    void findsATableThatTheCopyDoesNotHaveYet() {
        var database = copied(SERVERS.open(copy));
        copy.execute("SELECT pg_wal_replay_pause()");
        SERVERS.primary().execute("CREATE TABLE newest AS SELECT 7 AS id", "GRANT SELECT ON newest TO reader");

        assertThat(Ask.json(database, "SELECT id FROM newest")).isEqualTo("[{\"id\":7}]");
    }

    @Test
    void whatItsCallerEndsIsNotDoneAgain() {
        var database = copied(SERVERS.open(copy));
        var scope = ManualScope.unhurried();
        var call = CompletableFuture.supplyAsync(
                () -> Ask.run(
                        database,
                        scope,
                        Ask.WINDOW,
                        Replicated.ENDLESS_ON_COPIES.replace("ELSE 0", "ELSE length(version()) / 0")),
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
        var figures = new Shown();
        var database = SERVERS.open(copy);
        database.show(figures);

        copied(database);

        assertThat(figures.value("mcp_database_replica_lag_seconds{replica=database-replica-1}"))
                .isBetween(0.0, 60.0);
        assertThat(figures.value("mcp_pool_connections_max{pool=database-replica-1}"))
                .isEqualTo(8);
    }
}
