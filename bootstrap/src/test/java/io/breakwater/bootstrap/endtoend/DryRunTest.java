package io.breakwater.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.server.client.McpClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Dry runs in the server as it is shipped and a real PostgreSQL: they tell what a call would do, and change nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DryRunTest {
    private static final String INSERT = "INSERT INTO item VALUES (2, 'two')";
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
                "CREATE TABLE item (id int PRIMARY KEY, name text)",
                "INSERT INTO item VALUES (1, 'one')",
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

    @Test
    void aStatementIsPlannedAndDoesNotRun() throws SQLException {
        var arguments = Json.object().put("query", INSERT).build();
        var result = client.dryRun("execute_query", arguments, null);

        var report = result.dryRunReport().orElseThrow();
        var would = report.object("handler").object("would");
        assertThat(would.text("statement")).isEqualTo(INSERT);
        assertThat(String.valueOf(would.get("plan"))).contains("ModifyTable", "item");
        assertThat(postgres.number(database, COUNT)).isEqualTo(1);
    }

    @Test
    void statementsOfABatchArePlannedAndDoNotRun() throws SQLException {
        var operations = Json.array(
                Json.object().put("query", INSERT).build(),
                Json.object().put("query", "DELETE FROM item").build());
        var arguments = Json.object().put("operations", operations).build();
        var result = client.dryRun("batch_operations", arguments, null);

        var would = result.dryRunReport().orElseThrow().object("handler").object("would");
        assertThat(String.valueOf(would.get("statements"))).contains(INSERT, "\"Operation\":\"Delete\"");
        assertThat(postgres.number(database, COUNT)).isEqualTo(1);
    }

    @Test
    void aStatementWithoutAPlanDoesNotRunEither() throws SQLException {
        var arguments =
                Json.object().put("query", "CREATE TABLE planned (id int)").build();
        var result = client.dryRun("execute_query", arguments, null);

        var would = result.dryRunReport().orElseThrow().object("handler").object("would");
        assertThat(would.has("no_plan")).isTrue();
        assertThat(postgres.number(database, "SELECT count(*) FROM pg_tables WHERE tablename = 'planned'"))
                .isZero();
    }

    @Test
    void aStatementThatWouldBeRefusedReceivesTheSameError() {
        var arguments = Json.object().put("query", "SELECT * FROM missing").build();

        var dry = client.dryRun("execute_query", arguments, null);

        assertThat(dry.dryRunReport()).isEmpty();
        assertThat(dry.text()).contains("missing", "42P01");
    }

    @Test
    void theCommandShowsTheReport() throws IOException, InterruptedException, SQLException {
        var command = Distribution.command(
                "call", "execute_query", "query=DELETE FROM item", "--dry-run", "--url", server.endpoint());
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("Dry run: the tool did not run", "DELETE FROM item", "The tool would:");
        assertThat(postgres.number(database, COUNT)).isEqualTo(1);
    }
}
