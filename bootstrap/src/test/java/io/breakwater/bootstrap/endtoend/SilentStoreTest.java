package io.breakwater.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.port.Json;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.sample.postgres.Relay;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.client.McpClient;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Queries under a quota, while the store that holds its usage is there and says nothing. */
class SilentStoreTest {
    private static final String QUOTA = "50000";
    private static final String KEY = "q7Lk2ZtVw9Xb4RmN8sPf3HyGd6JcTaEuWo5K";

    private final PostgresServer postgres = PostgresServer.newest();
    private final String database = postgres.newDatabase();
    private final Relay relay = Relay.to(postgres.port());
    private RunningServer server;
    private McpClient client;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        postgres.execute(database, "CREATE ROLE thrifty_" + database + " LOGIN");
        server = RunningServer.start(Map.of(
                "DATABASE_URL",
                postgres.url(database, "thrifty_" + database),
                "STORE_URL",
                "postgresql://postgres@127.0.0.1:" + relay.port() + "/" + database,
                "BREAKWATER_LIMITS_DEADLINE",
                "8s",
                "BREAKWATER_DATABASE_LIMITS_STATEMENT_TIMEOUT",
                "7s",
                "MCP_API_KEY",
                KEY,
                "RATE_LIMIT",
                "off",
                "BREAKWATER_LIMITS_RATE_PRINCIPAL",
                "off",
                "BREAKWATER_LIMITS_QUOTA_PRINCIPAL_COST",
                QUOTA));
        client = McpClients.withToken(server.endpoint(), KEY).connect();
        ask("list_users", Json.object().build()); // answers when the tables are there
        assertThat(query()).doesNotContain("error");
    }

    @AfterEach
    void stop() {
        relay.mend();
        client.close();
        server.close();
        relay.close();
    }

    @Test
    @CoversOutage("quotas: store frozen or locked")
    void noQueryFailsWhileTheTableIsLocked() throws SQLException {
        try (var owner = postgres.connect(database, "postgres")) {
            lock(owner);

            assertThat(query()).doesNotContain("error");

            owner.rollback();
        }
        isChargedInTheEnd();
    }

    /** Fifty statements that each waited a second would be too late. */
    @Test
    @CoversOutage("quotas: store frozen or locked")
    void aBatchWaitsForAFrozenStoreOnceAndNotForEachStatement() throws SQLException {
        relay.freeze();

        assertThat(batch(50)).doesNotContain("error");
        assertThat(query()).doesNotContain("error");

        relay.mend();
        isChargedInTheEnd();
    }

    private static void lock(Connection owner) throws SQLException {
        owner.setAutoCommit(false);
        try (var statement = owner.createStatement()) {
            statement.execute("LOCK TABLE breakwater.quotas IN ACCESS EXCLUSIVE MODE");
        }
    }

    /** The server uses the store again without help of an operator. */
    private void isChargedInTheEnd() throws SQLException {
        var before = used();
        var end = Instant.now().plus(Eventually.LIMIT);
        while (used() <= before) {
            assertThat(Instant.now()).as("the store is charged again").isBefore(end);
            assertThat(query()).doesNotContain("error");
        }
    }

    private double used() throws SQLException {
        try (var connection = postgres.connect(database, "postgres");
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT coalesce(sum(used), 0) FROM breakwater.quotas")) {
            row.next();
            return row.getDouble(1);
        }
    }

    private String query() {
        return ask("execute_query", sql());
    }

    private String batch(int statements) {
        return ask(
                "batch_operations",
                Json.object()
                        .put("operations", new Json.Arr(Collections.nCopies(statements, sql())))
                        .build());
    }

    private static Json.Obj sql() {
        return Json.object().put("query", "SELECT 1 AS a").build();
    }

    private String ask(String tool, Json.Obj arguments) {
        return JsonText.line(client.call(tool, arguments).result());
    }
}
