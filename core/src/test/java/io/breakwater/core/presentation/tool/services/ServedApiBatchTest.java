package io.breakwater.core.presentation.tool.services;

import static io.breakwater.core.presentation.protocol.QuotedJson.items;
import static io.breakwater.core.presentation.protocol.QuotedJson.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.testkit.ClientMode;
import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.core.testkit.RecordedNotifications;
import io.breakwater.port.Json;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.memory.MemoryIdempotencyStore;
import io.breakwater.port.memory.ScriptedServices;
import io.breakwater.port.memory.ScriptedServices.Sent;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.BuiltInPack;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.client.ToolCallResult;
import io.breakwater.server.interceptor.Decision;
import io.breakwater.server.interceptor.InterceptedCall;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.AccessRules;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Batches of requests, idempotency keys and the guard, in a whole server. */
class ServedApiBatchTest {
    private final ScriptedServices services =
            new ScriptedServices().has("users").has("payments");
    private Breakwater server = start(builder());

    private BreakwaterBuilder builder() {
        return Breakwater.named("shop")
                .pack(new BuiltInPack.HttpServices(services))
                .pack(new BuiltInPack.Batch())
                .idempotency(new MemoryIdempotencyStore(new SimulatedLink(), InstantSource.system()));
    }

    private Breakwater start(BreakwaterBuilder builder) {
        server = builder.build();
        return server;
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static String item(String service, String method, String endpoint) {
        return "{'service':'" + service + "','method':'" + method + "','endpoint':'" + endpoint + "'}";
    }

    private static ToolCallResult call(McpClient client, String tool, @Nullable String key, String arguments) {
        var params = Json.object().put("name", tool).put("arguments", json(arguments));
        if (key != null) {
            params.put(
                    "_meta",
                    Json.object().put("io.breakwater/idempotencyKey", key).build());
        }
        return new ToolCallResult(client.request("tools/call", params.build()));
    }

    private static ToolCallResult batch(McpClient client, @Nullable String key, String... requests) {
        return call(client, "batch_api_requests", key, "{'requests':[" + String.join(",", requests) + "]}");
    }

    private static List<Json.Obj> results(ToolCallResult batch) {
        assertThat(batch.isError()).as(batch.text()).isFalse();
        return items(batch.structured(), "results").stream()
                .map(Json.Obj.class::cast)
                .toList();
    }

    private static String code(ToolCallResult failed) {
        assertThat(failed.isError()).as(failed.text()).isTrue();
        return String.valueOf(json(failed.text()).object("error").text("code"));
    }

    private List<String> lines() {
        return services.sent().stream().map(Sent::line).toList();
    }

    @ParameterizedTest
    @EnumSource
    void sendsTheRequestsAndKeepsTheirOrder(ClientMode mode) {
        services.on("GET", "/a", 200, "application/json", "[1]").on("GET", "/b", 404, "application/json", "{}");
        try (var client = mode.to(server).connect()) {
            var results = results(batch(
                    client,
                    null,
                    item("users", "GET", "/a"),
                    item("users", "GET", "/b"),
                    item("unknown-name", "GET", "/"),
                    "{'service':'users','method':'GET','endpoint':'/c/{id}','params':{'id':'..'}}"));

            assertThat(results.get(0))
                    .isEqualTo(json("{'request_index':0,'status':'success','result':{'service':'users','method':'GET',"
                            + "'endpoint':'/a','http_status':200,'result':[1],'status':'success'}}"));
            assertThat(results.stream().map(each -> each.get("request_index")))
                    .containsExactly(Json.of(0), Json.of(1), Json.of(2), Json.of(3));
            assertThat(results.stream().skip(1)).allSatisfy(each -> {
                assertThat(each.text("status")).isEqualTo("error");
                assertThat(each.has("result")).isFalse();
            });
            assertThat(results.stream().skip(1).map(each -> each.object("error").text("code")))
                    .containsExactly("NOT_FOUND", "NOT_FOUND", "INVALID_PARAMS");
        }
    }

    @Test
    void runsRequestsConcurrentlyAndReportsProgress() {
        var arrived = new CountDownLatch(8);
        services.on("GET", "/wait", (request, context) -> {
            arrived.countDown();
            await(arrived);
            return ScriptedServices.response(204, null, new byte[0]);
        });
        var notifications = new RecordedNotifications();
        try (var client = InMemoryClient.overExchanges(server)
                .onNotification(notifications)
                .connect()) {
            var requests = IntStream.range(0, 50)
                    .mapToObj(i -> item("users", "GET", "/wait"))
                    .collect(Collectors.joining(","));
            var result = client.request(
                    "tools/call",
                    json("{'name':'batch_api_requests','arguments':{'requests':[" + requests
                            + "]},'_meta':{'progressToken':'p'}}"));

            assertThat(results(new ToolCallResult(result))).hasSize(50);
            Eventually.holds(() -> notifications.progress().size() == 50);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void acceptsOneToFiftyRequests() {
        try (var client = InMemoryClient.of(server)) {
            assertThat(code(batch(client, null))).isEqualTo("INVALID_PARAMS");
            var many = IntStream.range(0, 51)
                    .mapToObj(i -> item("users", "GET", "/"))
                    .toArray(String[]::new);
            assertThat(code(batch(client, null, many))).isEqualTo("INVALID_PARAMS");
            assertThat(services.sent()).isEmpty();
        }
    }

    @Test
    void aBatchCannotBeInABatch() {
        try (var client = InMemoryClient.of(server)) {
            var nested = call(
                    client,
                    "batch_operation",
                    null,
                    "{'operations':[{'tool':'batch_api_requests','arguments':{'requests':[" + item("users", "GET", "/a")
                            + "]}}]}");

            assertThat(results(nested).getFirst().object("error").text("message"))
                    .contains("a batch cannot contain a batch");
            assertThat(services.sent()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServiceThatTheRulesDenyIsNotReachedThroughABatch(ClientMode mode) {
        server.accessRules(AccessRules.of(
                AccessRule.allow("all").onTools("*"),
                AccessRule.deny("no payments").onTools("api_request").whenArgumentIs("/service", "payments")));
        try (var client = mode.to(server).connect()) {
            assertThatThrownBy(() -> call(client, "api_request", null, item("payments", "GET", "/a")))
                    .hasMessageContaining("do not allow these arguments");
            assertThatThrownBy(() -> batch(client, null, item("users", "GET", "/a"), item("payments", "GET", "/a")))
                    .hasMessageContaining("do not allow these arguments for tool api_request in call 1 (from 0) of"
                            + " batch_api_requests");
            assertThatThrownBy(() -> call(
                            client,
                            "batch_operation",
                            null,
                            "{'operations':[{'tool':'batch_api_requests','arguments':{'requests':["
                                    + item("payments", "GET", "/a") + "]}}]}"))
                    .hasMessageContaining("do not allow these arguments");
            assertThat(services.sent()).isEmpty();
            assertThat(results(batch(client, null, item("users", "GET", "/a")))).hasSize(1);
        }
    }

    @Test
    void theItemsOfABatchPassTheGuardAsCallsOfTheirTool() {
        var seen = new CopyOnWriteArrayList<String>();
        server.close();
        start(builder().interceptor(new Interceptor() {
            @Override
            public Decision before(InterceptedCall call) {
                seen.add(call.target() + " " + call.arguments().text("endpoint"));
                return Decision.PROCEED;
            }
        }));
        try (var client = InMemoryClient.of(server)) {
            seen.clear();
            batch(client, null, item("users", "GET", "/a"), item("users", "GET", "/b"));

            assertThat(seen).containsExactlyInAnyOrder("batch_api_requests null", "api_request /a", "api_request /b");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theKeyOfACallTravelsToTheServiceAsADigest(ClientMode mode) {
        try (var client = mode.to(server).connect()) {
            call(client, "api_request", "order-1", item("payments", "POST", "/payments"));

            var key = services.sent().getFirst().request().idempotencyKey();
            assertThat(key).matches("[0-9a-f]{64}");

            var again = call(client, "api_request", "order-1", item("payments", "POST", "/payments"));
            assertThat(again.isError()).isFalse();
            assertThat(lines()).containsExactly("POST /payments");

            call(client, "api_request", "order-2", item("payments", "POST", "/payments"));
            assertThat(services.sent().get(1).request().idempotencyKey())
                    .matches("[0-9a-f]{64}")
                    .isNotEqualTo(key);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theKeyOfARequestCanBeAnArgument(ClientMode mode) {
        var payment = item("payments", "POST", "/payments");
        var withKey = payment.replace("}", ",'idempotency_key':'order-1'}");
        try (var client = mode.to(server).connect()) {
            call(client, "api_request", null, withKey);
            call(client, "api_request", "order-1", payment);
            var batch = results(batch(client, "batch", withKey, payment));

            assertThat(batch).allSatisfy(each -> assertThat(each.text("status")).isEqualTo("success"));
            var keys = services.sent().stream().map(sent -> sent.request().idempotencyKey());
            assertThat(keys)
                    .as("one for the argument, one of the batch")
                    .hasSize(2)
                    .doesNotContainNull()
                    .doesNotHaveDuplicates();
            assertThat(code(call(client, "api_request", "order-2", withKey))).isEqualTo("INVALID_PARAMS");
        }
    }

    @Test
    void aRequestThatOnlyReadsHasNoKey() {
        try (var client = InMemoryClient.of(server)) {
            call(client, "api_request", "k", item("users", "GET", "/a"));

            assertThat(services.sent().getFirst().request().idempotencyKey()).isNull();
        }
    }

    @Test
    void theRequestsOfABatchHaveKeysOfTheirOwn() {
        try (var client = InMemoryClient.of(server)) {
            var payment = item("payments", "POST", "/payments");
            batch(client, "k", payment, payment);
            batch(client, "k", payment, payment);

            assertThat(services.sent()).hasSize(2);
            assertThat(services.sent().stream().map(sent -> sent.request().idempotencyKey()))
                    .doesNotHaveDuplicates()
                    .allSatisfy(key -> assertThat(key).matches("[0-9a-f]{64}"));
        }
    }

    @Test
    void aKeyIsFreeAgainOnlyIfTheRequestCertainlyHadNoEffect() {
        services.on("POST", "/down", new ServiceOutcome.NotDelivered("All instances are down.", null))
                .on("POST", "/invalid", 422, "text/plain", "No amount.")
                .on("POST", "/cut", new ServiceOutcome.Unconfirmed("The connection was lost.", false))
                .on("POST", "/failed", 500, "text/plain", "");
        try (var client = InMemoryClient.of(server)) {
            for (var endpoint : List.of("/down", "/invalid")) {
                var request = item("payments", "POST", endpoint);
                var first = code(call(client, "api_request", endpoint, request));
                assertThat(code(call(client, "api_request", endpoint, request))).isEqualTo(first);
            }
            assertThat(lines()).containsExactly("POST /down", "POST /down", "POST /invalid", "POST /invalid");
            for (var endpoint : List.of("/cut", "/failed")) {
                var request = item("payments", "POST", endpoint);
                assertThat(code(call(client, "api_request", endpoint, request))).isEqualTo("EXTERNAL_ERROR");
                assertThat(code(call(client, "api_request", endpoint, request))).isEqualTo("CONFLICT");
            }
            assertThat(lines()).hasSize(6);
        }
    }
}
