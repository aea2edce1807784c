package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.adapter.postgres.database.DatabaseSettings.Replicas;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.sample.postgres.Cluster;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A primary for one test class, its replicas, and guarded databases that use both. Checked every 20 ms. */
final class ReplicatedCluster implements BeforeAllCallback, AfterAllCallback, AfterEachCallback {
    /** Takes hours on a replica, and no time on a primary. */
    static final String ENDLESS_ON_COPIES = "SELECT CASE WHEN pg_is_in_recovery() THEN (SELECT count(*) FROM"
            + " generate_series(1, 1000000) a, generate_series(1, 1000000) b) ELSE 0 END AS n";

    private static final Duration EVERY = Duration.ofMillis(20);

    private final List<Cluster> clusters = new ArrayList<>();
    private final List<PostgresDatabase> open = new ArrayList<>();

    @Override
    public void beforeAll(ExtensionContext context) {
        clusters.add(Cluster.start());
        primary()
                .execute(
                        "CREATE ROLE reader LOGIN",
                        "CREATE TABLE item AS SELECT n AS id, 'item ' || n AS name FROM generate_series(1, 1000) n",
                        "CREATE UNLOGGED TABLE scratch AS SELECT 1 AS id",
                        "GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO reader");
    }

    Cluster primary() {
        return clusters.getFirst();
    }

    /** Adds another replica. */
    Cluster copy() {
        return kept(primary().replica());
    }

    Cluster kept(Cluster cluster) {
        clusters.add(cluster);
        return cluster;
    }

    /** A read-only database with replicas of at most a minute of lag. */
    PostgresDatabase open(Cluster... copies) {
        return open(AccessMode.READ_ONLY, Duration.ofMinutes(1), copies);
    }

    PostgresDatabase open(AccessMode mode, Duration lag, Cluster... copies) {
        return open(mode, lag, Stream.of(copies).map(copy -> copy.url("reader")).toArray(String[]::new));
    }

    PostgresDatabase open(AccessMode mode, Duration lag, String... copies) {
        var urls = Stream.of(copies).map(ConnectionString::of).toList();
        var database = PostgresDatabase.open(
                DatabaseSettings.forUrl(ConnectionString.of(primary().url("reader")))
                        .withMode(mode)
                        .withPool(PoolSettings.of(1, 8))
                        .withReplicas(new Replicas(urls, lag, EVERY)));
        open.add(database);
        return database;
    }

    /** The same, once it reads from a replica. */
    static PostgresDatabase copied(PostgresDatabase database) {
        await(() -> readsFromCopy(database));
        return database;
    }

    static boolean readsFromCopy(PostgresDatabase database) {
        return Queries.json(database, "SELECT pg_is_in_recovery() AS copy").equals("[{\"copy\":true}]");
    }

    static void await(BooleanSupplier condition) {
        Eventually.holds(condition::getAsBoolean);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        open.forEach(PostgresDatabase::close);
        open.clear();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        clusters.reversed().forEach(Cluster::close);
    }
}
