package io.breakwater.core.presentation.idempotency;

import static io.breakwater.core.presentation.protocol.QuotedJson.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breakwater.core.testkit.ClientMode;
import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.Authentication;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.port.memory.MemoryDocumentStore;
import io.breakwater.port.memory.MemoryIdempotencyStore;
import io.breakwater.port.memory.MemoryUserStore;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.BuiltInPack;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.client.ToolCallResult;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.Idempotency;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolException;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.DocumentSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Idempotency keys in a whole server, over stores in memory. */
class ServedIdempotencyTest {
    private static final String ANNA = "{'name':'Anna','email':'anna@example.com'}";
    private static final Json.Obj PAY_SCHEMA =
            json("{'type':'object','properties':{'amount':{'type':'integer'},'reference':{'type':'string'}}}");

    private final SimulatedLink line = new SimulatedLink();
    private final MemoryIdempotencyStore keys = new MemoryIdempotencyStore(line, InstantSource.system());
    private final AtomicInteger payments = new AtomicInteger();
    private Breakwater server = Breakwater.named("none").build();

    @AfterEach
    void close() {
        server.close();
    }

    /** The arguments and the result of a payment. */
    record Payment(long amount) {}

    private Breakwater start(Tool... tools) {
        var users = new MemoryUserStore(line, InstantSource.system(), keys);
        var documents = new MemoryDocumentStore(line, InstantSource.system(), keys);
        var builder = Breakwater.named("shop")
                .idempotency(keys)
                .pack(new BuiltInPack.Users(users))
                .pack(new BuiltInPack.Documents(documents, DocumentSettings.standard()));
        return start(builder, tools);
    }

    private Breakwater start(BreakwaterBuilder builder, Tool... tools) {
        for (var tool : tools) {
            builder.tool(tool);
        }
        server = builder.build();
        return server;
    }

    private Tool pay(Supplier<ToolResult> effect) {
        return Tool.named("pay").description("Pays.").input(PAY_SCHEMA).handler((arguments, call) -> {
            payments.incrementAndGet();
            return effect.get();
        });
    }

    @ParameterizedTest
    @EnumSource
    void aRepeatedCreationReturnsTheFirstResultMarked(ClientMode mode) {
        start();
        try (var client = mode.to(server).connect()) {
            var first = call(client, "create_user", ANNA, "k1");
            var repeated = call(client, "create_user", ANNA, "k1");

            assertThat(first.isError()).as(first.text()).isFalse();
            assertThat(replayed(first)).isFalse();
            assertThat(repeated.structured()).isEqualTo(first.structured());
            assertThat(repeated.text()).isEqualTo(first.text());
            assertThat(replayed(repeated)).isTrue();
            assertThat(error(call(client, "create_user", ANNA, "k2")).text("code"))
                    .isEqualTo("CONFLICT");
        }
    }

    @Test
    void aRepeatedUpdateAndSaveChangeNothing() {
        start();
        try (var client = InMemoryClient.of(server)) {
            call(client, "create_user", ANNA, "k1");
            var renamed = call(client, "update_user", "{'user_id':1,'name':'Ann'}", "k1");
            var again = call(client, "update_user", "{'user_id':1,'name':'Ann'}", "k1");
            assertThat(again.structured()).isEqualTo(renamed.structured());

            var saved = call(client, "save_data", "{'data_id':'a','content':{'n':1}}", "k1");
            var savedAgain = call(client, "save_data", "{'data_id':'a','content':{'n':1.0}}", "k1");
            assertThat(savedAgain.structured()).isEqualTo(saved.structured());
            assertThat(call(client, "get_data_cached", "{'data_id':'a'}", null)
                            .structured()
                            .get("version"))
                    .isEqualTo(Json.of(1));
        }
    }

    @Test
    void otherArgumentsUnderTheSameKeyAreRefused() {
        start(pay(() -> ToolResult.text("paid")));
        try (var client = InMemoryClient.of(server)) {
            call(client, "create_user", ANNA, "k");
            call(client, "pay", "{'amount':1}", "k");

            for (var other : new ToolCallResult[] {
                call(client, "create_user", "{'name':'Ben','email':'ben@example.com'}", "k"),
                call(client, "pay", "{'amount':2}", "k")
            }) {
                assertThat(error(other).text("code")).isEqualTo("INVALID_PARAMS");
                assertThat(error(other).text("message")).contains("used with other arguments");
            }
        }
    }

    @Test
    void aToolOfAnApplicationHasItsEffectAtMostOnce() {
        start(pay(() -> ToolResult.structured(json("{'receipt':1.50}"))));
        try (var client = InMemoryClient.of(server)) {
            var first = call(client, "pay", "{'amount':5}", "k");
            var repeated = call(client, "pay", "{'amount':5.0}", "k");

            assertThat(repeated.structured()).isEqualTo(first.structured());
            assertThat(repeated.text()).isEqualTo(first.text());
            assertThat(replayed(repeated)).isTrue();
            assertThat(payments).hasValue(1);
            call(client, "pay", "{'amount':5}", null);
            assertThat(payments).hasValue(2);
        }
    }

    @Test
    void anErrorThatTheToolReturnsIsItsResult() {
        start(pay(() -> ToolResult.error("The card was declined.")));
        try (var client = InMemoryClient.of(server)) {
            call(client, "pay", "{}", "k");
            var repeated = call(client, "pay", "{}", "k");

            assertThat(repeated.isError()).isTrue();
            assertThat(repeated.text()).isEqualTo("The card was declined.");
            assertThat(payments).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"INVALID_PARAMS", "CONFLICT", "OVERLOADED", "DECLINED"})
    void aCallThatTheToolRefusedCanBeRepeated(ErrorCode code) {
        start(pay(() -> {
            throw new ToolException(code, "no");
        }));
        try (var client = InMemoryClient.of(server)) {
            call(client, "pay", "{}", "k");
            var repeated = call(client, "pay", "{}", "k");

            assertThat(error(repeated).text("message")).isEqualTo("no");
            assertThat(payments).hasValue(2);
        }
    }

    static Stream<RuntimeException> failuresInTheMiddle() {
        return Stream.of(
                new PortException.UnavailableException("The bank is away.", null, null),
                new PortException.RefusedException("The bank has a problem.", null),
                new ToolException(ErrorCode.EXTERNAL_ERROR, "The bank has a problem."),
                new IllegalStateException("a mistake"));
    }

    @ParameterizedTest
    @MethodSource("failuresInTheMiddle")
    void aCallThatFailedInTheMiddleHasAnUnknownOutcome(RuntimeException failure) {
        start(pay(() -> {
            throw failure;
        }));
        try (var client = InMemoryClient.of(server)) {
            call(client, "pay", "{}", "k");
            var repeated = error(call(client, "pay", "{}", "k"));

            assertThat(repeated.text("code")).isEqualTo("CONFLICT");
            assertThat(repeated.text("message")).contains("The outcome is unknown", "use a new key");
            assertThat(payments).hasValue(1);
        }
    }

    @Test
    void aCallThatFindsAFullExecutorInTheMiddleHasAnUnknownOutcome() {
        start(pay(() -> {
            throw new RejectedExecutionException("the executor of the tool is full");
        }));
        try (var client = InMemoryClient.of(server)) {
            assertThatExceptionOfType(PortException.class)
                    .isThrownBy(() -> call(client, "pay", "{}", "k"))
                    .withMessageContaining("busy");

            assertThat(error(call(client, "pay", "{}", "k")).text("message")).contains("The outcome is unknown");
            assertThat(payments).hasValue(1);
        }
    }

    @Test
    void aRunningCallIsInProgress() throws Exception {
        var started = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        start(pay(() -> {
            started.countDown();
            await(end);
            return ToolResult.text("paid");
        }));
        try (var client = InMemoryClient.of(server)) {
            var first = CompletableFuture.supplyAsync(() -> call(client, "pay", "{}", "k"), Thread::startVirtualThread);
            await(started);

            var repeated = error(call(client, "pay", "{}", "k"));
            assertThat(repeated.text("code")).isEqualTo("CONFLICT");
            assertThat(repeated.text("message")).contains("in progress");
            assertThat(repeated.has("retryAfterMs")).isTrue();

            end.countDown();
            assertThat(first).succeedsWithin(Eventually.LIMIT);
            assertThat(call(client, "pay", "{}", "k").text()).isEqualTo("paid");
            assertThat(payments).hasValue(1);
        }
    }

    @Test
    @CoversOutage("idempotency keys: store down between the effect and the record")
    void anEffectWhoseResultCouldNotBeStoredHasAnUnknownOutcome() {
        start(pay(() -> {
            line.cut();
            return ToolResult.text("paid");
        }));
        try (var client = InMemoryClient.of(server)) {
            assertThat(call(client, "pay", "{}", "k").text()).isEqualTo("paid");
            line.mend();

            var repeated = error(call(client, "pay", "{}", "k"));
            assertThat(repeated.text("code")).isEqualTo("CONFLICT");
            assertThat(payments).hasValue(1);
        }
    }

    @Test
    @CoversOutage("idempotency keys: store down before the effect")
    void withoutTheStoreNothingHappens() {
        start(pay(() -> ToolResult.text("paid")));
        line.cut();
        try (var client = InMemoryClient.of(server)) {
            assertThat(error(call(client, "pay", "{}", "k")).text("code")).isEqualTo("EXTERNAL_ERROR");
            assertThat(payments).hasValue(0);
        }
    }

    @Test
    void aLargeResultIsNotKept() {
        start(pay(() -> ToolResult.text("x".repeat(70_000))));
        try (var client = InMemoryClient.of(server)) {
            assertThat(call(client, "pay", "{}", "k").isError()).isFalse();

            assertThat(error(call(client, "pay", "{}", "k")).text("message")).contains("too large to be kept");
            assertThat(payments).hasValue(1);
        }
    }

    @Test
    void anInlineToolWithAKeyLeavesTheEventLoop() {
        var modes = new CopyOnWriteArrayList<ExecutionMode>();
        start(Tool.named("pay")
                .description("Pays.")
                .executionMode(ExecutionMode.INLINE)
                .handler((arguments, call) -> {
                    modes.add(call.executionMode());
                    return ToolResult.text("paid");
                }));
        try (var client = InMemoryClient.of(server)) {
            call(client, "pay", "{}", "k");
            call(client, "pay", "{}", null);
        }
        assertThat(modes).containsExactly(ExecutionMode.VIRTUAL, ExecutionMode.INLINE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "'a b'", "'a\\u0000'", "'é'", "7", "null", "{}"})
    void anInvalidKeyIsRefused(String key) {
        start(pay(() -> ToolResult.text("paid")));
        try (var client = InMemoryClient.of(server)) {
            var refused = new ToolCallResult(client.request(
                    "tools/call",
                    json("{'name':'pay','arguments':{},'_meta':{'io.breakwater/idempotencyKey':" + key + "}}")));

            assertThat(error(refused).text("code")).isEqualTo("INVALID_PARAMS");
            assertThat(error(refused).text("message")).containsAnyOf("idempotency key", "must be a string");
            assertThat(payments).hasValue(0);
        }
    }

    @Test
    void aKeyHasAtMost200Characters() {
        start(pay(() -> ToolResult.text("paid")));
        try (var client = InMemoryClient.of(server)) {
            assertThat(call(client, "pay", "{}", "k".repeat(200)).isError()).isFalse();
            assertThat(error(call(client, "pay", "{}", "k".repeat(201))).text("message"))
                    .contains("1 to 200 visible ASCII characters");
        }
    }

    @Test
    void aMarkedArgumentIsTheKey() {
        start(Tool.named("pay")
                .description("Pays.")
                .input(PAY_SCHEMA)
                .idempotencyKey("reference")
                .handler((arguments, call) -> ToolResult.text("payment " + payments.incrementAndGet())));
        try (var client = InMemoryClient.of(server)) {
            call(client, "pay", "{'amount':1,'reference':'r1'}", null);

            assertThat(call(client, "pay", "{'amount':1,'reference':'r1'}", null)
                            .text())
                    .isEqualTo("payment 1");
            assertThat(call(client, "pay", "{'amount':1,'reference':'r1'}", "r1")
                            .text())
                    .isEqualTo("payment 1");
            assertThat(call(client, "pay", "{'amount':1,'reference':'r2'}", null)
                            .text())
                    .isEqualTo("payment 2");
            assertThat(error(call(client, "pay", "{'amount':1,'reference':'r1'}", "other"))
                            .text("message"))
                    .contains("two different idempotency keys");
            assertThat(call(client, "pay", "{'amount':1}", null).text()).isEqualTo("payment 3");
        }
    }

    @Test
    void aKeyInTheArgumentAndInMetaIsTheSame() {
        start(Tool.named("pay")
                .description("Pays.")
                .input(PAY_SCHEMA)
                .idempotencyKey("reference")
                .handler((arguments, call) -> ToolResult.text("payment " + payments.incrementAndGet())));
        try (var client = InMemoryClient.of(server)) {
            assertThat(call(client, "pay", "{'amount':1,'reference':'r1'}", null)
                            .text())
                    .isEqualTo("payment 1");
            var repeated = call(client, "pay", "{'amount':1}", "r1");

            assertThat(repeated.text()).isEqualTo("payment 1");
            assertThat(replayed(repeated)).isTrue();
            assertThat(error(call(client, "pay", "{'amount':2}", "r1")).text("code"))
                    .isEqualTo("INVALID_PARAMS");
        }
    }

    @Test
    void aNaturalKeyMakesEqualCallsTheSameCall() {
        start(Tool.named("pay")
                .description("Pays.")
                .input(Payment.class)
                .naturalKey(payment -> "amount " + payment.amount())
                .handler((payment, call) -> ToolResult.text("payment " + payments.incrementAndGet())));
        try (var client = InMemoryClient.of(server)) {
            assertThat(call(client, "pay", "{'amount':1}", null).text()).isEqualTo("payment 1");
            assertThat(call(client, "pay", "{'amount':1}", null).text()).isEqualTo("payment 1");
            assertThat(call(client, "pay", "{'amount':2}", null).text()).isEqualTo("payment 2");
        }
    }

    @Test
    void aServerWithoutAStoreRefusesKeys() {
        start(Breakwater.named("shop"), pay(() -> ToolResult.text("paid")));
        try (var client = InMemoryClient.of(server)) {
            var refused = error(call(client, "pay", "{}", "k"));

            assertThat(refused.text("code")).isEqualTo("INVALID_PARAMS");
            assertThat(refused.text("message")).contains("no store for idempotency keys");
            assertThat(payments).hasValue(0);
            assertThat(call(client, "pay", "{}", null).isError()).isFalse();
        }
    }

    @Test
    void aToolCanRefuseKeysAndAReadOnlyToolIgnoresThem() {
        start(
                Tool.named("secret")
                        .description("Returns a secret.")
                        .additive()
                        .idempotency(Idempotency.NONE)
                        .handler((arguments, call) -> ToolResult.text("secret")),
                Tool.named("look")
                        .description("Looks.")
                        .readOnly()
                        .handler((arguments, call) -> ToolResult.text("seen")));
        try (var client = InMemoryClient.of(server)) {
            assertThat(error(call(client, "secret", "{}", "k")).text("message")).contains("takes no idempotency key");
            assertThat(call(client, "look", "{}", "not a key").text()).isEqualTo("seen");
            assertThat(keys.size()).isZero();
        }
    }

    @Test
    void aToolThatDoesNotWriteIsNotExactlyOnce() {
        start(Tool.named("lies")
                .description("Declares what it does not do.")
                .idempotency(Idempotency.EXACTLY_ONCE)
                .handler((arguments, call) -> ToolResult.text("done")));
        try (var client = InMemoryClient.of(server)) {
            assertThat(call(client, "lies", "{}", "k").text()).contains("\"code\":\"INTERNAL_ERROR\"");
            assertThat(call(client, "lies", "{}", null).text()).isEqualTo("done");
        }
    }

    @Test
    void theBuilderRefusesKeysThatCannotWork() {
        var draft = Tool.named("pay").description("Pays.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> draft.idempotencyKey("missing").handler((arguments, call) -> ToolResult.text("")))
                .withMessageContaining("no string argument \"missing\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tool.named("look")
                        .description("Looks.")
                        .readOnly()
                        .naturalKey(arguments -> "k")
                        .handler((arguments, call) -> ToolResult.text("")))
                .withMessageContaining("read-only");
    }

    @Test
    void countsTheOutcomesOfEachTool() {
        var registry = new SimpleMeterRegistry();
        start(Breakwater.named("shop").idempotency(keys).meterRegistry(registry), pay(() -> ToolResult.text("paid")));
        try (var client = InMemoryClient.of(server)) {
            call(client, "pay", "{}", "k");
            call(client, "pay", "{}", "k");
            call(client, "pay", "{'amount':1}", "k");
        }

        assertThat(count(registry, "executed")).isEqualTo(1);
        assertThat(count(registry, "replayed")).isEqualTo(1);
        assertThat(count(registry, "other_arguments")).isEqualTo(1);
    }

    private static double count(SimpleMeterRegistry registry, String outcome) {
        return registry.get("mcp_idempotent_calls_total")
                .tags("tool", "pay", "outcome", outcome)
                .functionCounter()
                .count();
    }

    @Test
    void theKeyOfAnotherPrincipalIsAnotherKey() {
        var caller = new AtomicReference<>(Principal.of("anna"));
        start(
                Breakwater.named("shop")
                        .idempotency(keys)
                        .authenticator(
                                Authenticator.of((fields, peer) -> new Authentication.Authenticated(caller.get()))),
                pay(() -> ToolResult.text("paid")));
        try (var client = InMemoryClient.of(server)) {
            call(client, "pay", "{}", "k");
            caller.set(Principal.of("ben"));
            assertThat(replayed(call(client, "pay", "{'amount':1}", "k"))).isFalse();
            caller.set(Principal.of("anna"));
            assertThat(replayed(call(client, "pay", "{}", "k"))).isTrue();
        }
        assertThat(payments).hasValue(2);
    }

    private static ToolCallResult call(McpClient client, String tool, String arguments, @Nullable String key) {
        var params = Json.object().put("name", tool).put("arguments", json(arguments));
        if (key != null) {
            params.put(
                    "_meta", Json.object().put(IdempotencyService.META_KEY, key).build());
        }
        return new ToolCallResult(client.request("tools/call", params.build()));
    }

    private static boolean replayed(ToolCallResult result) {
        return result.result().object("_meta").get(KeyedCall.META_REPLAYED) == Json.Bool.TRUE;
    }

    private static Json.Obj error(ToolCallResult result) {
        assertThat(result.isError()).as(result.text()).isTrue();
        return json(result.text()).object("error");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
