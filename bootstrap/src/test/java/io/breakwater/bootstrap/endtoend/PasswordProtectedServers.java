package io.breakwater.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.sample.files.Scratch;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.sample.postgres.Relay;
import io.breakwater.sample.redis.RedisProgram;
import io.breakwater.sample.redis.RedisServer;
import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A PostgreSQL and a Redis that let nobody in without a password, and every password holds the same word, which stands
 * nowhere else.
 */
final class PasswordProtectedServers implements AutoCloseable {
    /** In every password. */
    static final String CANARY = "canary";

    private final PostgresServer postgres = PostgresServer.newest();
    private final String database = postgres.newDatabase();
    private final String reader = "reader_" + database;
    private final String keeper = "keeper_" + database;
    private final Relay way = Relay.to(postgres.port());
    private final RedisServer redis = RedisServer.start(RedisProgram.BUNDLED);

    PasswordProtectedServers() throws IOException, InterruptedException, SQLException {
        postgres.execute(
                database,
                "CREATE ROLE " + reader + " LOGIN PASSWORD 'canary:one'",
                "CREATE ROLE " + keeper + " LOGIN PASSWORD 'canary@two'",
                "CREATE SCHEMA breakwater AUTHORIZATION " + keeper,
                "CREATE TABLE parcel AS SELECT 1 AS id",
                "GRANT SELECT ON parcel TO " + reader);
        askForPasswords();
        redis.tell(jedis -> jedis.aclSetUser("vault", "reset", "on", ">canary-three", "~*", "&*", "+@all"));
    }

    /** The first matching line decides, so all other users can connect as before. */
    private void askForPasswords() throws IOException, InterruptedException, SQLException {
        var file = hostRules();
        var rule = "host all %s,%s 127.0.0.1/32 scram-sha-256%n".formatted(reader, keeper);
        Files.writeString(file, rule + Files.readString(file));
        postgres.execute(database, "SELECT pg_reload_conf()");
        var end = Instant.now().plus(Eventually.LIMIT);
        while (letsInWithoutPassword()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.onSpinWait();
        }
    }

    private Path hostRules() throws SQLException {
        try (var connection = postgres.connect(database, "postgres");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SHOW hba_file")) {
            rows.next();
            return Path.of(rows.getString(1));
        }
    }

    private boolean letsInWithoutPassword() {
        try (var connection = postgres.connect(database, reader)) {
            return connection.isValid(0);
        } catch (SQLException refused) {
            return false;
        }
    }

    /** The three addresses as the older variables take them. */
    Map<String, String> addresses() {
        return addresses("canary%3Aone", "canary%40two", "canary-three");
    }

    /** The same with passwords that open nothing. */
    Map<String, String> wrongAddresses() {
        return addresses("canary-1", "canary-2", "canary-3");
    }

    private Map<String, String> addresses(String ofReader, String ofKeeper, String ofUser) {
        var place = "@127.0.0.1:" + way.port() + "/" + database;
        return Map.of(
                "DATABASE_URL", "postgresql://" + reader + ":" + ofReader + place,
                "STORE_URL", "postgresql://" + keeper + ":" + ofKeeper + place,
                "REDIS_URL", "redis://vault:" + ofUser + "@127.0.0.1:" + redis.port());
    }

    /** The addresses in files, as container secrets come. */
    Map<String, String> addressesInFiles() throws IOException {
        var folder = Scratch.folder("breakwater-vault");
        var variables = new LinkedHashMap<String, String>();
        for (var address : addresses().entrySet()) {
            var file = Files.writeString(folder.resolve(address.getKey()), address.getValue() + "\n");
            variables.put(address.getKey() + "_FILE", file.toString());
        }
        return variables;
    }

    /** Makes both servers unreachable. */
    void vanish() {
        way.cut();
        redis.kill();
    }

    @Override
    public void close() {
        way.close();
        redis.close();
        postgres.execute(database, "DROP OWNED BY " + reader + ", " + keeper, "DROP ROLE " + reader + ", " + keeper);
    }
}
