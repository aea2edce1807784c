package io.breakwater.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.sample.files.Scratch;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.server.client.McpClient;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Harmful queries against the distribution: each gets an error message, and the server continues. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadQueriesTest {
    private static final String LONG = "x".repeat(10_000);

    private RunningServer server;
    private McpClient client;

    @BeforeAll
    void start() throws Exception {
        var postgres = PostgresServer.newest();
        var database = postgres.newDatabase();
        postgres.execute(
                database,
                "CREATE ROLE curious_" + database + " LOGIN",
                "CREATE TABLE orders AS SELECT 1 AS id",
                "GRANT SELECT ON orders TO PUBLIC");
        server = RunningServer.start(Map.of("DATABASE_URL", postgres.url(database, "curious_" + database)));
        client = McpClients.connect(server.endpoint());
    }

    @AfterAll
    void stop() {
        client.close();
        server.close();
    }

    static Stream<Arguments> badCalls() {
        return Stream.of(
                Arguments.of("execute_query", sql("SELECT repeat('x', 1073741824)"), "INVALID_PARAMS", "SQLSTATE"),
                Arguments.of("execute_query", sql("SELECT '\u0000'"), "INVALID_PARAMS", ""),
                Arguments.of("execute_query", sql("SELECT $1::float8", Json.of("1e400")), "INVALID_PARAMS", "SQLSTATE"),
                Arguments.of("execute_query", sql("SELECT $1::int", Json.of("one")), "INVALID_PARAMS", "SQLSTATE"),
                Arguments.of("execute_query", sql("SELECT $1"), "INVALID_PARAMS", ""),
                Arguments.of("execute_query", sql("SELECT 1", Json.of(1)), "INVALID_PARAMS", ""),
                Arguments.of("execute_query", sql("SELECT 1" + " ".repeat(100_000)), "INVALID_PARAMS", "query"),
                Arguments.of("execute_query", sql(""), "INVALID_PARAMS", "query"),
                Arguments.of("execute_query", cursor("stolen"), "INVALID_PARAMS", "cursor"),
                Arguments.of("execute_query", sql("SELECT " + "(".repeat(20_000)), "INVALID_PARAMS", ""),
                Arguments.of("explain_query", sql("EXPLAIN SELECT 1"), "", ""),
                Arguments.of("batch_operations", operations(0), "INVALID_PARAMS", "operations"),
                Arguments.of("batch_operations", operations(51), "INVALID_PARAMS", "operations"),
                Arguments.of("get_table_schema", table(LONG), "INVALID_PARAMS", "table_name"),
                Arguments.of("get_table_schema", table("order"), "NOT_FOUND", "Did you mean public.orders?"),
                Arguments.of("get_table_schema", table("\"; DROP TABLE orders;--"), "NOT_FOUND", "There is no table"));
    }

    private static Json.Obj sql(String text, Json... params) {
        return Json.object()
                .put("query", text)
                .put("params", Json.array(params))
                .build();
    }

    private static Json.Obj cursor(String text) {
        return Json.object().put("query", "SELECT 1").put("cursor", text).build();
    }

    private static Json.Obj operations(int count) {
        return Json.object()
                .put("operations", new Json.Arr(Collections.nCopies(count, sql("SELECT 1"))))
                .build();
    }

    private static Json.Obj table(String name) {
        return Json.object().put("table_name", name).build();
    }

    @ParameterizedTest
    @MethodSource("badCalls")
    void aCallThatMakesNoSenseIsToldWhy(String tool, Json.Obj arguments, String code, String words) {
        var answer = call(tool, arguments);

        assertThat(answer.get("isError")).isEqualTo(Json.of(true));
        assertThat(JsonText.line(answer)).contains(code, words).doesNotContain("INTERNAL_ERROR");
        assertGoesOn();
    }

    /** A text of 400 MB, in one row: none of it is shown, and the memory of the server is not filled with it. */
    @Test
    void aRowThatIsTooLargeIsNotRead() {
        var answer = JsonText.line(call("execute_query", sql("SELECT repeat('x', 400000000) AS x")));

        assertThat(answer).hasSizeLessThan(10_000).doesNotContain("INTERNAL_ERROR", "xxx");
        assertGoesOn();
    }

    @Test
    void numbersThatJsonDoesNotHaveAreTexts() {
        var answer = call(
                "execute_query",
                sql(
                        "SELECT 'NaN'::float8 AS a, 'Infinity'::float4 AS b, '-Infinity'::numeric AS c, 'NaN'::numeric AS d"));

        assertThat(answer.object("structuredContent").get("results"))
                .isEqualTo(Json.array(Json.object()
                        .put("a", "NaN")
                        .put("b", "Infinity")
                        .put("c", "-Infinity")
                        .put("d", "NaN")
                        .build()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "a/b", "%00", "..", "x"})
    void aTableThatIsNotThereIsNoResource(String name) {
        var uri = "schema://tables/" + (name.equals("x") ? LONG : name);

        assertThat(errorMessage("resources/read", Json.object().put("uri", uri).build()))
                .contains("Resource not found");
        assertGoesOn();
    }

    @Test
    void aPromptForATableThatIsNotThereSaysSoBriefly() {
        var params = Json.object()
                .put("name", "explore_table")
                .put("arguments", Json.object().put("table", LONG).build())
                .build();

        assertThat(errorMessage("prompts/get", params))
                .contains("There is no table")
                .hasSizeLessThan(1_000);
    }

    private String errorMessage(String method, Json.Obj params) {
        try {
            return JsonText.line(client.request(method, params));
        } catch (PortException.ProtocolErrorException refused) {
            return refused.toString();
        }
    }

    private void assertGoesOn() {
        var answer = call("execute_query", sql("SELECT id FROM orders"));
        assertThat(answer.object("structuredContent").get("row_count")).isEqualTo(Json.of(1));
    }

    private Json.Obj call(String tool, Json.Obj arguments) {
        return client.call(tool, arguments).result();
    }

    @Test
    @CoversOutage("configuration: configuration file not valid at the start")
    void aMisspeltAccessStopsTheStartAndIsToldWhichThereAre() throws Exception {
        var builder = new ProcessBuilder(Distribution.command("serve", "--port", "0"))
                .directory(Scratch.folder("breakwater-misspelt").toFile())
                .redirectErrorStream(true);
        builder.environment().put("BREAKWATER_DATABASE_ACCESS", "read_only");
        var process = builder.start();
        var errorMessage = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(errorMessage).contains("database.access", "'read_only'", "read-only, read-write, admin");
    }
}
