package io.breakwater.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.client.ToolCallResult;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Statements with idempotency keys, in the server as it is shipped and a real PostgreSQL: a call that fails frees its key
 * if, and only if, nothing of it has taken effect.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepeatedStatementsTest {
    private static final String COUNT = "SELECT count(*) FROM item";

    private final PostgresServer postgres = PostgresServer.newest();
    private final String database = postgres.newDatabase();
    private RunningServer server;
    private McpClient client;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        postgres.execute(
                database,
                "CREATE ROLE owner_" + database + " LOGIN",
                "CREATE TABLE item (id int PRIMARY KEY, name text UNIQUE DEFERRABLE INITIALLY DEFERRED)",
                "ALTER TABLE item OWNER TO owner_" + database);
        server = RunningServer.start(Map.of(
                "DATABASE_URL", postgres.url(database, "owner_" + database),
                "BREAKWATER_DATABASE_ACCESS", "admin",
                "STORE_URL", postgres.url(postgres.newDatabase(), "postgres")));
        client = McpClients.connect(server.endpoint());
    }

    @AfterAll
    void stop() {
        client.close();
        server.close();
    }

    @BeforeEach
    void prepare() {
        postgres.execute(database, "TRUNCATE item", "INSERT INTO item VALUES (1, 'one')");
    }

    @Test
    void aBatchThatFailsInItsLastStatementFreesItsKey() throws SQLException {
        var statements = new String[] {"INSERT INTO item VALUES (2, 'two')", "INSERT INTO item VALUES (1, 'again')"};
        var failed = batch("last", statements);
        assertThat(failed.text()).contains("CONFLICT", "operation 2 of 2");
        assertThat(postgres.number(database, COUNT)).isEqualTo(1);
        postgres.execute(database, "TRUNCATE item");

        assertTakesEffectOnce("last", statements);
    }

    @Test
    void aBatchThatFailsInItsCommitFreesItsKey() throws SQLException {
        var statements = new String[] {"INSERT INTO item VALUES (2, 'two')", "INSERT INTO item VALUES (3, 'one')"};
        assertThat(batch("commit", statements).text()).contains("CONFLICT");
        assertThat(postgres.number(database, COUNT)).isEqualTo(1);
        postgres.execute(database, "TRUNCATE item");

        assertTakesEffectOnce("commit", statements);
    }

    private void assertTakesEffectOnce(String key, String... statements) throws SQLException {
        var first = batch(key, statements);
        assertThat(first.isError()).as(first.text()).isFalse();
        var repeated = batch(key, statements);

        assertThat(repeated.structured()).isEqualTo(first.structured());
        assertThat(postgres.number(database, COUNT)).isEqualTo(statements.length);
    }

    @Test
    void aStatementThatFailsOutsideATransactionKeepsItsKey() {
        postgres.execute(
                database, "INSERT INTO item VALUES (2, 'two')", "CREATE TABLE twice AS SELECT 1 AS n FROM item");
        postgres.execute(database, "ALTER TABLE twice OWNER TO owner_" + database);
        var index = Json.object()
                .put("query", "CREATE UNIQUE INDEX CONCURRENTLY ON twice (n)")
                .build();

        assertThat(call("execute_query", "index", index).text())
                .contains("EXTERNAL_ERROR", "a part of it may have taken effect");

        assertThat(call("execute_query", "index", index).text()).contains("CONFLICT", "The outcome is unknown");
    }

    private ToolCallResult batch(String key, String... statements) {
        var operations = Stream.of(statements)
                .<Json>map(sql -> Json.object().put("query", sql).build())
                .toArray(Json[]::new);
        return call(
                "batch_operations",
                key,
                Json.object().put("operations", Json.array(operations)).build());
    }

    private ToolCallResult call(String tool, String key, Json.Obj arguments) {
        var meta = Json.object().put("io.breakwater/idempotencyKey", key).build();
        var params = Json.object().put("name", tool).put("arguments", arguments).put("_meta", meta);
        return new ToolCallResult(client.request("tools/call", params.build()));
    }
}
