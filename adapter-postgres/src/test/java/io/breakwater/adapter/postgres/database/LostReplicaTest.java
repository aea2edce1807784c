package io.breakwater.adapter.postgres.database;

import static io.breakwater.adapter.postgres.database.ReplicatedCluster.await;
import static io.breakwater.adapter.postgres.database.ReplicatedCluster.copied;
import static io.breakwater.adapter.postgres.database.ReplicatedCluster.readsFromCopy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.port.SettingNames;
import io.breakwater.port.driven.Dependency.Need;
import io.breakwater.port.driven.SqlGateway;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.port.driven.SqlGateway.CostGate;
import io.breakwater.port.driven.SqlGateway.Rows;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.postgres.Cluster;
import io.breakwater.sample.waiting.Eventually;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** No read fails because of a replica that is lost. */
@Tag("server")
@Tag("debian")
class LostReplicaTest {
    private static final Duration BOUND = Eventually.LIMIT;

    @RegisterExtension
    static final ReplicatedCluster SERVERS = new ReplicatedCluster();

    @Test
    @CoversOutage("reads from replicas: database without a replica")
    void noReadFailsWhenACopyCrashesAndItIsUsedAgainWhenItIsBack() throws Exception {
        var copy = SERVERS.copy();
        var database = copied(SERVERS.open(copy));
        var underWay = start(database, 2);
        await(() -> copy.sessions("reader", "active") == 2);
        var end = new AtomicBoolean();
        var load = IntStream.range(0, 3).mapToObj(i -> load(database, end)).toList();

        copy.stop();

        await(() -> !readsFromCopy(database));
        assertThat(underWay).allSatisfy(LostReplicaTest::cameFromThePrimary);
        database.dependency(Need.REQUIRED).probe().probe(ManualCallContext.unhurried());
        copy.resume();
        copied(database);
        end.set(true);
        assertThat(load).allSatisfy(reads -> assertThat(reads).succeedsWithin(BOUND));
    }

    @Test
    @CoversOutage("reads from replicas: database without a replica")
    void queriesDoNotWaitForAFrozenReplica() {
        var copy = SERVERS.copy();
        var database = copied(SERVERS.open(copy));
        var underWay = start(database, 3);
        await(() -> copy.sessions("reader", "active") == 3);

        copy.freeze();

        assertThat(underWay).allSatisfy(LostReplicaTest::cameFromThePrimary);
        assertThat(CompletableFuture.runAsync(
                        () -> IntStream.range(0, 1_000)
                                .forEach(
                                        i -> assertThat(readsFromCopy(database)).isFalse()),
                        Thread::startVirtualThread))
                .as("1,000 reads, of which none waits")
                .succeedsWithin(BOUND); // 500 s if each waited for the replica
        copy.thaw();
        copied(database);
    }

    @Test
    void aReadThatReplayCancelsIsDoneAgain() {
        var copy = impatient();
        var database = copied(SERVERS.open(copy));
        var underWay = start(database, 1);
        await(() -> copy.sessions("reader", "active") == 1);

        await(() -> {
            vacuum(); // again and again, since a read that has only just begun may not see what it takes away
            return underWay.stream().allMatch(CompletableFuture::isDone);
        });

        assertThat(underWay).allSatisfy(LostReplicaTest::cameFromThePrimary);
    }

    @Test
    void aReadWhoseSessionReplayEndsIsDoneAgain() {
        var copy = impatient();
        var database = copied(SERVERS.open(copy));
        var asked = new ArrayList<Double>();
        CostGate gate = estimate -> {
            asked.add(estimate.cost());
            if (asked.size() == 1) {
                await(() -> {
                    vacuum();
                    return copy.sessions("reader", "idle in transaction") == 0;
                });
            }
        };

        var answer = database.execute(
                Queries.sql("SELECT count(*) AS n FROM item"), Queries.WINDOW, gate, ManualCallContext.unhurried());

        assertThat(Queries.text((Rows) answer)).isEqualTo("[{\"n\":1000}]");
        assertThat(asked).hasSize(2);
    }

    /** A replica that prefers replay over reads. */
    private static Cluster impatient() {
        var copy = SERVERS.copy();
        copy.execute("ALTER SYSTEM SET max_standby_streaming_delay = '100ms'", "SELECT pg_reload_conf()");
        return copy;
    }

    private static void vacuum() {
        SERVERS.primary().execute("UPDATE item SET name = name || '.'", "VACUUM item");
    }

    @Test
    void aCopyThatWasPromotedIsNotReadFrom() {
        var copy = SERVERS.copy();
        try (var log = CapturedLog.of(ReplicaMonitor.class)) {
            var database = copied(SERVERS.open(copy));

            copy.execute("SELECT pg_promote()", "UPDATE item SET name = 'of another world'");

            log.await("database-replica-1 is not used for reads: it follows no primary");
            assertThat(Queries.json(database, "SELECT name FROM item WHERE id = 1"))
                    .doesNotContain("of another world");
        }
    }

    @Test
    void aCopyOfAnotherClusterIsNotReadFrom() {
        var other = SERVERS.kept(Cluster.start());
        other.execute("CREATE ROLE reader LOGIN");
        var stray = SERVERS.kept(other.replica());
        try (var log = CapturedLog.of(ReplicaMonitor.class)) {
            var database = SERVERS.open(stray);

            log.await("another cluster");
            assertThat(readsFromCopy(database)).isFalse();
        }
    }

    @Test
    void aCopyThatRefusesOurLoginIsNotReadFrom() {
        var copy = SERVERS.copy();
        try (var log = CapturedLog.of(ReplicaMonitor.class)) {
            var database = SERVERS.open(AccessMode.READ_ONLY, Duration.ofMinutes(1), copy.url("nobody"));

            log.await("no connection (SQLSTATE 28000) to 127.0.0.1:");
            assertThat(readsFromCopy(database)).isFalse();
        }
    }

    @Test
    void thePoolOfACopyLeavesTheWarningToItsWatch() {
        var url = ConnectionString.of(SERVERS.copy().url("nobody"));
        try (var pools = CapturedLog.ofWarnings("io.breakwater.adapter.postgres.connection");
                var replica = new Replica("database-replica-1", url, DatabaseSettings.forUrl(url), SettingNames.JAVA)) {
            assertThatExceptionOfType(SQLTransientConnectionException.class)
                    .isThrownBy(() -> replica.server().check());

            assertThat(pools.count("database-replica-1")).isZero();
        }
    }

    private static List<CompletableFuture<SqlGateway.StatementResult>> start(PostgresDatabase database, int reads) {
        return IntStream.range(0, reads)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> Queries.run(
                                database,
                                ManualCallContext.unhurried(),
                                Queries.WINDOW,
                                ReplicatedCluster.ENDLESS_ON_COPIES),
                        Thread::startVirtualThread))
                .toList();
    }

    private static void cameFromThePrimary(CompletableFuture<SqlGateway.StatementResult> read) {
        assertThat(read)
                .succeedsWithin(BOUND)
                .satisfies(answer -> assertThat(Queries.text((Rows) answer)).isEqualTo("[{\"n\":0}]"));
    }

    private static CompletableFuture<Void> load(PostgresDatabase database, AtomicBoolean end) {
        return CompletableFuture.runAsync(
                () -> {
                    while (!end.get()) {
                        assertThat(Queries.json(database, "SELECT count(*) AS n FROM item"))
                                .isEqualTo("[{\"n\":1000}]");
                    }
                },
                Thread::startVirtualThread);
    }
}
