package io.breakwater.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.RateLimit;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.port.memory.MemoryIdempotencyStore;
import io.breakwater.port.memory.MemoryUserStore;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.client.ToolCallResult;
import io.breakwater.server.mcp.Tool;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two callers with the same issuer, subject, roles and arguments, who belong to different tenants. */
class TenantIsolationTest {
    private static final Principal ANN = Principal.of("https://issuer.example", "ann");
    private static final Principal OF_ACME = ANN.withTenant("acme");
    private static final Principal OF_GLOBEX = ANN.withTenant("globex");

    private final SimulatedLink link = new SimulatedLink();
    private final MemoryIdempotencyStore keys = new MemoryIdempotencyStore(link, InstantSource.system());
    private final AtomicInteger runs = new AtomicInteger();
    private volatile Principal caller = OF_ACME;
    private final Breakwater server = Breakwater.named("shop")
            .authenticator(Authenticator.of((fields, peer) -> new Authenticated(caller)))
            .limits(Limits.STANDARD.withPageSize(1))
            .idempotency(keys)
            .pack(new BuiltInPack.Users(new MemoryUserStore(link, InstantSource.system(), keys)))
            .tool(counting("count").readOnly().cacheFor(Duration.ofHours(1)).handler((arguments, call) -> next()))
            .tool(counting("pay").handler((arguments, call) -> next()))
            .tool(counting("rare")
                    .rateLimit(RateLimit.of(1, Duration.ofHours(1)))
                    .handler((arguments, call) -> next()))
            .build();

    record Nothing() {}

    record Count(int value) {}

    private static Tool.Builder<Nothing, Count> counting(String name) {
        return Tool.named(name)
                .description("Counts its runs.")
                .input(Nothing.class)
                .output(Count.class);
    }

    private Count next() {
        return new Count(runs.incrementAndGet());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private ToolCallResult callAs(Principal principal, McpClient client, String tool, Json.Obj meta) {
        caller = principal;
        var params = Json.object().put("name", tool).put("arguments", Json.Obj.EMPTY);
        return new ToolCallResult(
                client.request("tools/call", params.put("_meta", meta).build()));
    }

    private Json valueAs(Principal principal, McpClient client, String tool, Json.Obj meta) {
        return requireNonNull(callAs(principal, client, tool, meta).structured().get("value"));
    }

    @Test
    void aCachedResultIsForOneTenant() {
        try (var client = InMemoryClient.of(server)) {
            assertThat(valueAs(OF_ACME, client, "count", Json.Obj.EMPTY)).isEqualTo(Json.of(1));
            assertThat(valueAs(OF_GLOBEX, client, "count", Json.Obj.EMPTY)).isEqualTo(Json.of(2));
            assertThat(valueAs(OF_ACME, client, "count", Json.Obj.EMPTY)).isEqualTo(Json.of(1));
        }
    }

    @Test
    void anIdempotencyKeyIsForOneTenant() {
        var key = Json.object().put("io.breakwater/idempotencyKey", "k").build();
        try (var client = InMemoryClient.of(server)) {
            assertThat(valueAs(OF_ACME, client, "pay", key)).isEqualTo(Json.of(1));
            assertThat(valueAs(OF_GLOBEX, client, "pay", key)).isEqualTo(Json.of(2));
            assertThat(valueAs(OF_ACME, client, "pay", key)).isEqualTo(Json.of(1));
        }
    }

    @Test
    void aRateLimitIsForOneTenant() {
        try (var client = InMemoryClient.of(server)) {
            callAs(OF_ACME, client, "rare", Json.Obj.EMPTY);

            assertThatThrownBy(() -> callAs(OF_ACME, client, "rare", Json.Obj.EMPTY))
                    .hasMessageContaining("Too many calls");
            assertThat(valueAs(OF_GLOBEX, client, "rare", Json.Obj.EMPTY)).isEqualTo(Json.of(2));
        }
    }

    @Test
    void aCursorIsForOneTenant() {
        try (var client = InMemoryClient.of(server)) {
            create(client, "a");
            create(client, "b");
            var first = requireNonNull(client.call("list_users").structured().text("next_cursor"));
            var next = Json.object().put("cursor", first).build();

            caller = OF_GLOBEX;
            assertThat(client.call("list_users", next).text()).contains("INVALID_PARAMS");
            caller = OF_ACME;
            assertThat(client.call("list_users", next).isError()).isFalse();
        }
    }

    private static void create(McpClient client, String name) {
        var arguments = Json.object().put("name", name).put("email", name + "@example.com");
        assertThat(client.call("create_user", arguments.build()).isError()).isFalse();
    }

    @Test
    void aSessionIsForOneTenant() {
        try (var client = InMemoryClient.overExchanges(server).legacy().connect()) {
            assertThat(client.tools()).isNotEmpty();

            caller = OF_GLOBEX;
            assertThatThrownBy(client::tools).hasMessageContaining("Session not found");
            caller = OF_ACME;
            assertThat(client.tools()).isNotEmpty();
        }
    }
}
