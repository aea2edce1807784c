package io.breakwater.core.presentation.tool.orders;

import static io.breakwater.core.presentation.protocol.QuotedJson.json;
import static io.breakwater.port.memory.ScriptedServices.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.testkit.ClientMode;
import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.Json;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.memory.MemoryOrderStore;
import io.breakwater.port.memory.ScriptedServices;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BuiltInPack;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.client.ToolCallResult;
import io.breakwater.server.settings.OrderSettings;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pack in a whole server, over scripted services and a store in memory. */
class ServedOrdersPackTest {
    private static final String ARGUMENTS = "{'user_id':5,'items':[{'sku':'A-1','price':0.1,'quantity':3}]}";

    private final SimulatedLink line = new SimulatedLink();
    private final MemoryOrderStore store = new MemoryOrderStore(line, InstantSource.system());
    private final AtomicInteger payments = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile ServiceOutcome payment = json(201, "{\"id\":\"p-1\"}");
    private volatile boolean waits;
    private final ScriptedServices services = new ScriptedServices()
            .on(
                    "user-service",
                    request -> request.target().equals("/users/5")
                            ? json(200, "{\"id\":5}")
                            : json(404, "{\"message\":\"none\"}"))
            .on("order-service", request -> json(201, "{\"id\":7,\"total\":0.3}"))
            .on("payment-service", request -> pay());
    private final Breakwater server = Breakwater.named("shop")
            .pack(new BuiltInPack.Orders(services, store, OrderSettings.standard()))
            .build();

    private ServiceOutcome pay() {
        payments.incrementAndGet();
        if (waits) {
            try {
                released.await();
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        }
        return payment;
    }

    @AfterEach
    void close() {
        released.countDown();
        server.close();
    }

    private static ToolCallResult call(McpClient client, String arguments, @Nullable String key) {
        var params = Json.object().put("name", "create_order").put("arguments", json(arguments));
        if (key != null) {
            params.put(
                    "_meta",
                    Json.object().put("io.breakwater/idempotencyKey", key).build());
        }
        return new ToolCallResult(client.request("tools/call", params.build()));
    }

    private static Json.Obj error(ToolCallResult result) {
        assertThat(result.isError()).isTrue();
        return ((Json.Obj) Json.parse(result.text())).object("error");
    }

    @ParameterizedTest
    @EnumSource
    void createsAndPaysAnOrder(ClientMode mode) {
        try (var client = mode.to(server).connect()) {
            var result = call(client, ARGUMENTS, null);

            assertThat(result.structured())
                    .isEqualTo(json("{'status':'completed','total':0.3,'order':{'id':7,'total':0.3},"
                            + "'payment':{'id':'p-1'}}"));
        }
    }

    @Test
    void tellsWhyAnOrderWasCancelled() {
        payment = json(402, "{\"message\":\"No money.\"}");
        try (var client = InMemoryClient.of(server)) {
            var result = call(client, ARGUMENTS, null);

            assertThat(result.isError()).isFalse();
            assertThat(result.structured())
                    .isEqualTo(json("{'status':'cancelled','total':0.3,'order':{'id':7,'total':0.3},'steps':["
                            + "{'name':'check_user','outcome':'done','http_status':200},"
                            + "{'name':'create_order','outcome':'done','http_status':201},"
                            + "{'name':'pay','outcome':'failed','http_status':402,'message':"
                            + "'payment-service refused the request with HTTP 402: \\\"No money.\\\"'},"
                            + "{'name':'cancel_order','outcome':'done','http_status':201}]}"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRepeatedCallReturnsTheFirstResultMarked(ClientMode mode) {
        try (var client = mode.to(server).connect()) {
            var first = call(client, ARGUMENTS, "k1");
            var repeated = call(client, ARGUMENTS.replace("0.1,", "0.10,"), "k1");

            assertThat(repeated.structured()).isEqualTo(first.structured());
            assertThat(repeated.result().object("_meta").get("io.breakwater/idempotentReplay"))
                    .isEqualTo(Json.Bool.TRUE);
            assertThat(payments).hasValue(1);
            assertThat(error(call(client, ARGUMENTS.replace("3", "4"), "k1")).text("code"))
                    .isEqualTo("INVALID_PARAMS");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theKeyCanBeAnArgument(ClientMode mode) {
        var withKey = ARGUMENTS.replace("'user_id':5", "'user_id':5,'idempotency_key':'k1'");
        try (var client = mode.to(server).connect()) {
            var first = call(client, withKey, null);
            var repeated = call(client, ARGUMENTS, "k1");

            assertThat(first.isError()).as(first.text()).isFalse();
            assertThat(repeated.structured()).isEqualTo(first.structured());
            assertThat(repeated.result().object("_meta").get("io.breakwater/idempotentReplay"))
                    .isEqualTo(Json.Bool.TRUE);
            assertThat(call(client, withKey, "k1").structured()).isEqualTo(first.structured());
            assertThat(payments).hasValue(1);
            assertThat(error(call(client, withKey, "k2")).text("message")).contains("two different idempotency keys");
            call(client, withKey.replace("k1", "k2"), null);
            assertThat(payments).hasValue(2);
        }
    }

    @Test
    void ofTwoCallsWithOneKeyOneRunsAndTheOtherIsInProgress() {
        waits = true;
        try (var client = InMemoryClient.of(server);
                var second = InMemoryClient.of(server)) {
            var running = CompletableFuture.supplyAsync(() -> call(client, ARGUMENTS, "k1"));
            Eventually.holds(() -> payments.get() == 1);

            var error = error(call(second, ARGUMENTS, "k1"));
            released.countDown();

            assertThat(error.text("code")).isEqualTo("CONFLICT");
            assertThat(error.has("retryAfterMs")).isTrue();
            assertThat(running.join().isError()).isFalse();
            assertThat(payments).hasValue(1);
        }
    }

    @Test
    void anUnknownOutcomeIsContinuedWithTheSameKey() {
        payment = new ServiceOutcome.Unconfirmed("No response.", true);
        try (var client = InMemoryClient.of(server)) {
            var first = call(client, ARGUMENTS, "k1").structured();
            payment = json(201, "{\"id\":\"p-1\"}");
            var repeated = call(client, ARGUMENTS, "k1").structured();

            assertThat(first.text("status")).isEqualTo("unknown");
            assertThat(repeated.text("status")).isEqualTo("completed");
            assertThat(payments).hasValue(2);
        }
    }

    @Test
    void refusesAnUnknownUser() {
        try (var client = InMemoryClient.of(server)) {
            var error = error(call(client, ARGUMENTS.replace("'user_id':5", "'user_id':'a b'"), null));

            assertThat(error.text("code")).isEqualTo("NOT_FOUND");
            assertThat(services.sent().getFirst().serviceLine()).isEqualTo("user-service GET /users/a%20b");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'user_id':5,'items':[]}",
                "{'user_id':'../orders','items':[{'sku':'A','price':1,'quantity':1}]}",
                "{'user_id':5.5,'items':[{'sku':'A','price':1,'quantity':1}]}",
                "{'user_id':'..','items':[{'sku':'A','price':1,'quantity':1}]}",
                "{'user_id':5,'items':[{'sku':'A','price':-1,'quantity':1}]}",
                "{'user_id':5,'items':[{'sku':'A','price':1e999,'quantity':1}]}",
                "{'user_id':5,'items':[{'sku':'A','price':0.00001,'quantity':1}]}",
                "{'user_id':5,'items':[{'sku':'A','price':'1','quantity':1}]}",
                "{'user_id':5,'items':[{'sku':'A','price':1,'quantity':0}]}",
                "{'user_id':5,'items':[{'sku':'A','price':1,'quantity':1.5}]}",
                "{'user_id':5,'items':[{'sku':'','price':1,'quantity':1}]}",
                "{'user_id':5,'items':[{'sku':'A','price':0,'quantity':1}]}"
            })
    void refusesInvalidOrdersBeforeAnyRequest(String arguments) {
        try (var client = InMemoryClient.of(server)) {
            assertThat(error(call(client, arguments, "k1")).text("code")).isEqualTo("INVALID_PARAMS");
            assertThat(services.sent()).isEmpty();
            assertThat(store.size()).isZero();
        }
    }

    @Test
    @CoversOutage("orders: store down before the effect")
    void failsWithoutTheStoreBeforeAnyRequest() {
        line.cut();
        try (var client = InMemoryClient.of(server)) {
            assertThat(error(call(client, ARGUMENTS, null)).text("code")).isEqualTo("EXTERNAL_ERROR");
            assertThat(services.sent()).isEmpty();
        }
    }

    @Test
    void listsTheToolWithItsHints() {
        try (var client = InMemoryClient.of(server)) {
            var tool = client.tools().stream()
                    .filter(each -> "create_order".equals(each.text("name")))
                    .findFirst()
                    .orElseThrow();

            assertThat(tool.object("annotations"))
                    .isEqualTo(json("{'readOnlyHint':false,'destructiveHint':false,'openWorldHint':true}"));
        }
    }
}
