package io.breakwater.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.store.PostgresStore;
import io.breakwater.adapter.postgres.store.StoreSettings;
import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.PortException;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.sample.postgres.Relay;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.QuotaLimits;
import io.breakwater.server.settings.QuotaSettings;
import io.breakwater.server.settings.RateLimitSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several servers with one store in PostgreSQL. A test that meets midnight in UTC may admit two quotas, so it counts days. */
@Tag("server")
class QuotaOnPostgresTest {
    private static final Principal ANN = Principal.of("ann").withTenant("acme");
    private static final Principal BEN = Principal.of("ben").withTenant("acme");

    private final PostgresServer postgres = PostgresServer.newest();
    private final String database = postgres.newDatabase();
    private final Relay relay = Relay.to(postgres.port());
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        relay.mend();
        for (var each : open.reversed()) {
            each.close();
        }
        relay.close();
    }

    private McpClient start(QuotaSettings quotas, Principal caller) {
        var url = "postgresql://postgres@127.0.0.1:" + relay.port() + "/" + database;
        var settings = StoreSettings.forUrl(ConnectionString.of(url)).withRetryAfter(Duration.ofMillis(100));
        var store = PostgresStore.open(settings);
        var server = Breakwater.named("shop")
                .rateLimits(RateLimitSettings.OFF)
                .quotas(quotas)
                .quotaStore(store.quotas())
                .onClose(store)
                .authenticator(Authenticator.of((fields, peer) -> new Authenticated(caller)))
                .tool(Tool.named("echo")
                        .description("Says hello.")
                        .handler((nothing, call) -> ToolResult.text("hello")))
                .build();
        open.add(server);
        var client = InMemoryClient.of(server);
        open.add(client);
        return client;
    }

    private static QuotaSettings calls(int principal, int tenant) {
        return QuotaSettings.OFF
                .withPrincipal(QuotaLimits.NONE.withCalls(principal))
                .withTenant(QuotaLimits.NONE.withCalls(tenant))
                .withTimeout(Eventually.LIMIT);
    }

    private static int admitted(McpClient client, int calls) {
        return (int) IntStream.range(0, calls).filter(i -> isAdmitted(client)).count();
    }

    private static boolean isAdmitted(McpClient client) {
        try {
            return !client.call("echo").isError();
        } catch (PortException.ProtocolErrorException refused) {
            assertThat(refused).hasMessageContaining("quota");
            return false;
        }
    }

    /** Calls with several threads for each server, until each has been refused. */
    private static int admittedTogether(List<McpClient> servers, int callsOfEach) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var counts = new ArrayList<CompletableFuture<Integer>>();
            for (var server : servers) {
                for (int i = 0; i < 4; i++) {
                    counts.add(CompletableFuture.supplyAsync(() -> admitted(server, callsOfEach), threads));
                }
            }
            return counts.stream().mapToInt(CompletableFuture::join).sum();
        }
    }

    private long stored(String scope) throws SQLException {
        return postgres.number(
                database,
                "SELECT coalesce(sum(used), 0)::bigint FROM breakwater.quotas WHERE kind = 'calls' AND scope = '"
                        + scope + "'");
    }

    private long days() throws SQLException {
        return Math.max(1, postgres.number(database, "SELECT count(DISTINCT day) FROM breakwater.quotas"));
    }

    @Test
    void threeServersHoldAQuotaWithinABlockForEach() throws SQLException {
        var settings = calls(1_000, 100_000);
        var servers = List.of(start(settings, ANN), start(settings, ANN), start(settings, ANN));

        int admitted = admittedTogether(servers, 200);

        assertThat((long) admitted).isBetween(1_000L, days() * (1_000 + 3 * 10));
        Eventually.holds(() -> stored("principal") == admitted && stored("tenant") == admitted);
    }

    @Test
    void thePrincipalsOfATenantShareItsQuotaOnTwoServers() throws SQLException {
        var settings = calls(100_000, 500);

        int admitted = admittedTogether(List.of(start(settings, ANN), start(settings, BEN)), 150);

        assertThat((long) admitted).isBetween(500L, days() * (500 + 2 * 5));
    }

    @Test
    void aQuotaBelowAHundredIsExact() throws SQLException {
        var settings = calls(60, 100_000);

        int admitted = admittedTogether(List.of(start(settings, ANN), start(settings, ANN)), 20);

        assertThat((long) admitted).isBetween(60L, days() * 60);
    }

    @Test
    void anOutageInTheMiddleLosesNoCall() throws Exception {
        var server = start(calls(10_000, 100_000), ANN);
        assertThat(admitted(server, 300)).isEqualTo(300);
        // a settlement whose confirmation is lost counts twice
        Eventually.holds(() -> stored("principal") == 300 && stored("tenant") == 300);
        relay.cut();
        assertThat(admitted(server, 300)).as("the store is down").isEqualTo(300);
        relay.mend();
        Eventually.holds(() -> stored("principal") == 600 && stored("tenant") == 600);
        assertThat(admitted(server, 300)).isEqualTo(300);

        Eventually.holds(() -> stored("principal") == 900);
    }

    @Test
    void aServerThatStopsHasSettled() throws Exception {
        var server = start(calls(10_000, 100_000), ANN);
        assertThat(admitted(server, 7)).isEqualTo(7);
        for (var each : open.reversed()) {
            each.close();
        }
        open.clear();

        assertThat(stored("principal")).isEqualTo(7);
        assertThat(admitted(start(calls(10, 100_000), ANN), 5)).isBetween(3, (int) (days() * 5));
    }
}
