package io.breakwater.adapter.postgres.database;

import static java.util.Objects.requireNonNull;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.database.DatabaseSettings.Replicas;
import io.breakwater.port.driven.SqlGateway.CostGate;
import io.breakwater.sample.postgres.Cluster;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.sample.waiting.Eventually;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The corpus where a replica answers. */
@Tag("debian")
class CornerOnReplicaTest extends CornerTests {
    /** Reads end in ROLLBACK, and the monitor of a replica commits. */
    private static final String READS = "SELECT sum(xact_rollback) FROM pg_stat_database";

    /** More than the time until the replica is used for reads. */
    private static final int SOME = 20;

    private static Cluster primary;
    private static Cluster replica;
    private static long before;

    @BeforeAll
    static void start() {
        primary = Cluster.start();
        replica = primary.replica();
        before = reads();
    }

    @AfterAll
    static void stop() {
        replica.close();
        primary.close();
    }

    @Override
    PostgresServer server() {
        return PostgresServer.of(primary);
    }

    @Override
    List<Corner> corners() {
        return List.of(new Corner(
                "a replica", "", List.of(), List.of(Databases.READER, "postgres"), CostGate.OPEN, this::replicated));
    }

    /** Reads from the replica, once it knows the database. */
    private DatabaseSettings replicated(DatabaseSettings settings) {
        var place = settings.url().location();
        var name = place.substring(place.lastIndexOf('/') + 1);
        var url = ConnectionString.of(PostgresServer.of(replica)
                .url(name, requireNonNull(settings.url().role())));
        var replicas = new Replicas(List.of(url), Duration.ofMinutes(1), Duration.ofMillis(20));
        try (var database = PostgresDatabase.open(DatabaseSettings.forUrl(settings.url())
                .withReplicas(replicas)
                .withAllowedFunctions("pg_catalog.pg_is_in_recovery"))) {
            ReplicatedCluster.copied(database);
        }
        return settings.withReplicas(replicas);
    }

    /** Its connections report the number of their reads when they end. */
    @AfterEach
    void theReplicaAnswered() {
        Eventually.holds(() -> reads() > before + SOME);
    }

    private static long reads() {
        try {
            return PostgresServer.of(replica).number("postgres", READS);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
