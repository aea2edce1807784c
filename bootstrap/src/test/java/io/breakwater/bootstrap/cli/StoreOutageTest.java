package io.breakwater.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.lifecycle.StopSignal;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.sample.postgres.Relay;
import io.breakwater.sample.waiting.Eventually;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The guards of a running program whose store is a real PostgreSQL that cannot be reached, or never answers. */
@Tag("server")
class StoreOutageTest {
    private static final String SECRET = "7Jd0mVqkX2nTzRw8Lc5hBp3sYf6uGa9E";
    private static final String ANN = "ann@example.com";

    private final PostgresServer postgres = PostgresServer.newest();
    private final String database = postgres.newDatabase();
    private final Relay relay = Relay.to(postgres.port());
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder = Path.of("");

    private CommandRun program = new CommandRun(folder);
    private Future<Integer> running = new CompletableFuture<>();

    enum Outage {
        DOWN,
        FROZEN;

        void begin(Relay relay) {
            switch (this) {
                case DOWN -> relay.cut();
                case FROZEN -> relay.freeze();
            }
        }
    }

    @BeforeEach
    void configure() {
        program = shell();
    }

    private CommandRun shell() {
        return new CommandRun(folder)
                .variable("STORE_URL", "postgresql://postgres@127.0.0.1:" + relay.port() + "/" + database)
                .variable("BREAKWATER_LIMITS_DEADLINE", "5s")
                .variable("BREAKWATER_DATABASE_LIMITS_STATEMENT_TIMEOUT", "4s")
                .variable("BREAKWATER_MANAGEMENT_ENABLED", "false");
    }

    private CommandRun withAccounts(CommandRun run) {
        return run.variable("JWT_SECRET", SECRET)
                .variable("BREAKWATER_PACKS_AUTH", "true")
                .variable("BREAKWATER_AUTH_JWT_AUDIENCE", "https://mcp.example/mcp");
    }

    private void serve() {
        running = program.start("serve", "--port", "0");
    }

    @AfterEach
    void stop() throws Exception {
        relay.mend();
        program.signal(StopSignal.TERM);
        assertThat(running.get(Eventually.SECONDS, TimeUnit.SECONDS)).isZero();
        http.close();
        relay.close();
    }

    private static String firstLine(CommandRun command, String... words) {
        assertThat(command.run(words)).as(command.err()).isZero();
        return command.out().lines().findFirst().orElseThrow();
    }

    private HttpResponse<String> call(String tool, String arguments, String meta, String... fields) throws Exception {
        var body = """
                {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"%s","arguments":%s,"_meta":{%s
                  "io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}
                """.formatted(tool, arguments, meta);
        var request = HttpRequest.newBuilder(URI.create(program.address()))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", "tools/call")
                .header("Mcp-Name", tool)
                .POST(BodyPublishers.ofString(body));
        if (fields.length > 0) {
            request.headers(fields);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    @CoversOutage("revocations: store down for longer, or at the start")
    void tokensOfTheServerAreRefusedUntilTheListOfRevocationsIsKnown() throws Exception {
        var token = firstLine(withAccounts(shell()), "token", "issue", "--subject", "reports");
        relay.cut();
        withAccounts(program);
        serve();

        assertThat(statusWith(token)).isEqualTo(503);

        relay.mend();
        Eventually.holds(() -> statusWith(token) == 200);
    }

    private int statusWith(String token) throws Exception {
        return call("health_check", "{}", "", "Authorization", "Bearer " + token)
                .statusCode();
    }

    @ParameterizedTest
    @CoversOutage("login: store down or frozen")
    @EnumSource
    void noLoginSucceedsWithoutTheStore(Outage outage) throws Exception {
        var password = firstLine(withAccounts(shell()), "account", "new", ANN);
        withAccounts(program);
        serve();
        Eventually.holds(() -> login(password).contains("\"token\""));
        outage.begin(relay);

        assertThat(login(password))
                .doesNotContain("\"token\"")
                .satisfiesAnyOf(
                        reply -> assertThat(reply).contains("EXTERNAL_ERROR"),
                        reply -> assertThat(reply).contains("TIMEOUT"));

        relay.mend();
        Eventually.holds(() -> login(password).contains("\"token\""));
    }

    private String login(String password) throws Exception {
        return call("login", "{\"username\":\"" + ANN + "\",\"password\":\"" + password + "\"}", "")
                .body();
    }

    @Test
    @CoversOutage("idempotency keys: store down before the effect")
    void aCallWithAKeyHasNoEffectWithoutTheStore() throws Exception {
        var writer = "writer_" + database;
        postgres.execute(
                database,
                "CREATE ROLE " + writer + " LOGIN",
                "CREATE TABLE note (a int)",
                "GRANT SELECT, INSERT ON note TO " + writer);
        program.variable("DATABASE_URL", postgres.url(database, writer))
                .variable("BREAKWATER_DATABASE_ACCESS", "read-write");
        serve();
        Eventually.holds(() -> isResult(insert("first")));
        long before = notes();
        relay.cut();

        assertThat(insert("second")).contains("EXTERNAL_ERROR");
        assertThat(notes()).isEqualTo(before);

        relay.mend();
        Eventually.holds(() -> isResult(insert("second")));
        assertThat(notes()).isEqualTo(before + 1);
    }

    private String insert(String key) throws Exception {
        return call(
                        "execute_query",
                        "{\"query\":\"INSERT INTO note VALUES (1)\"}",
                        "\"io.breakwater/idempotencyKey\":\"" + key + "\",")
                .body();
    }

    private static boolean isResult(String reply) {
        return reply.contains("\"result\"") && !reply.contains("\"isError\":true");
    }

    private long notes() throws SQLException {
        return postgres.number(database, "SELECT count(*) FROM note");
    }
}
