package io.breakwater.core.presentation.tool.batch;

import static io.breakwater.core.presentation.protocol.QuotedJson.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.core.testkit.ClientMode;
import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.core.testkit.RecordedNotifications;
import io.breakwater.port.CallContext;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.port.memory.ForwardingIdempotencyStore;
import io.breakwater.port.memory.MemoryIdempotencyStore;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.BuiltInPack;
import io.breakwater.server.Limits;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.client.ToolCallResult;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.interceptor.Decision;
import io.breakwater.server.interceptor.InterceptedCall;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.interceptor.Refusal;
import io.breakwater.server.mcp.ConfirmationMessage;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolException;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.ConfirmationFallback;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pack in a whole server. */
class ServedBatchPackTest {
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private Breakwater server = Breakwater.named("none").build();

    @AfterEach
    void close() {
        held.countDown();
        server.close();
    }

    record Doubled(long twice) {}

    record Value(long n) {}

    private static final Json.Obj PAYMENT =
            json("{'type':'object','properties':{'n':{'type':'integer'},'reference':{'type':'string'}}}");

    record Sure(boolean sure) {}

    private BreakwaterBuilder builder() {
        return Breakwater.named("shop")
                .pack(new BuiltInPack.Batch())
                .tool(Tool.named("double")
                        .description("Doubles.")
                        .input(Value.class)
                        .output(Doubled.class)
                        .handler((number, call) -> counted(() -> new Doubled(2 * number.n()))))
                .tool(Tool.named("inline")
                        .description("Answers at once.")
                        .executionMode(ExecutionMode.INLINE)
                        .handler((arguments, call) -> ToolResult.text("here")))
                .tool(Tool.named("fail")
                        .description("Fails.")
                        .input(Value.class)
                        .handler((number, call) -> {
                            throw failure((int) number.n());
                        }))
                .tool(Tool.named("says_no").description("Says no.").handler((a, call) -> ToolResult.error("No!")))
                .tool(Tool.named("asks").description("Asks.").handler((arguments, call) -> {
                    call.elicit("sure", "Sure?", Sure.class);
                    return ToolResult.text("sure");
                }))
                .tool(Tool.named("slow")
                        .description("Never ends by itself.")
                        .timeout(Duration.ofMillis(50))
                        .handler((arguments, call) -> {
                            await(new CountDownLatch(1));
                            return ToolResult.text("");
                        }))
                .tool(Tool.named("large")
                        .description("Returns much.")
                        .handler((arguments, call) -> ToolResult.text("x".repeat(4_000))))
                .tool(Tool.named("hold")
                        .description("Waits.")
                        .handler((arguments, call) -> counted(() -> {
                            await(held);
                            return ToolResult.text("held");
                        })));
    }

    private <T> T counted(Supplier<T> work) {
        runs.incrementAndGet();
        most.accumulateAndGet(running.incrementAndGet(), Math::max);
        try {
            return work.get();
        } finally {
            running.decrementAndGet();
        }
    }

    private static RuntimeException failure(int number) {
        return switch (number % 4) {
            case 0 -> new ToolException(ErrorCode.NOT_FOUND, "There is no " + number + ".");
            case 1 ->
                new PortException.UnavailableException("System " + number + " is away.", Duration.ofSeconds(2), null);
            case 2 -> new IllegalStateException("secret " + number);
            default -> new ToolException(ErrorCode.CONFLICT, "Conflict " + number, Duration.ofMillis(number), null);
        };
    }

    private void start(BreakwaterBuilder builder) {
        server = builder.build();
    }

    @ParameterizedTest
    @EnumSource
    void returnsEachResultInOrder(ClientMode mode) {
        start(builder());
        try (var client = mode.to(server).connect()) {
            var result = batch(client, item("double", 21), item("inline"), item("double", 4));

            assertThat(result)
                    .isEqualTo(json("{'status':'completed','results':["
                            + "{'operation':'double','success':true,'result':{'twice':42}},"
                            + "{'operation':'inline','success':true,'result':{'content':[{'type':'text','text':'here'}]}},"
                            + "{'operation':'double','success':true,'result':{'twice':8}}],'count':3}"));
        }
    }

    @Test
    void reportsFailuresOfEachKindWithoutStoppingTheOthers() {
        start(builder());
        try (var client = InMemoryClient.of(server)) {
            var result = batch(
                    client,
                    item("fail", 4),
                    item("fail", 5),
                    item("fail", 6),
                    item("fail", 7),
                    "{'tool':'double','arguments':{'n':'x'}}",
                    item("double"),
                    item("says_no"),
                    item("asks"),
                    item("slow"),
                    item("double", 1));

            assertThat(result.text("status")).isEqualTo("partial");
            assertThat(codes(result))
                    .containsExactly(
                            "NOT_FOUND",
                            "EXTERNAL_ERROR",
                            "INTERNAL_ERROR",
                            "CONFLICT",
                            "INVALID_PARAMS",
                            "INVALID_PARAMS",
                            "TOOL_ERROR",
                            "INVALID_PARAMS",
                            "TIMEOUT",
                            "");
            assertThat(result.toString()).doesNotContain("secret");
            var errors =
                    items(result).stream().map(each -> each.object("error")).toList();
            assertThat(errors.get(1).get("retryAfterMs")).isEqualTo(Json.of(2_000));
            assertThat(errors.get(3).text("message")).isEqualTo("Conflict 7");
            assertThat(errors.get(6).text("message")).isEqualTo("No!");
            assertThat(errors.get(7).text("message")).contains("not possible in a batch");
            assertThat(errors.get(2).text("requestId")).isNotNull();
        }
    }

    @Test
    void fiftyItemsCanEachFailInAnotherWay() {
        start(builder());
        try (var client = InMemoryClient.of(server)) {
            var all = IntStream.range(0, 50).mapToObj(i -> item("fail", i)).toArray(String[]::new);

            var result = batch(client, all);

            assertThat(result.text("status")).isEqualTo("failed");
            assertThat(result.get("count")).isEqualTo(Json.of(50));
            assertThat(items(result).get(48).object("error").text("message")).isEqualTo("There is no 48.");
        }
    }

    @Test
    void refusesABatchOfBatchesAndTooManyItems() {
        start(builder());
        try (var client = InMemoryClient.of(server)) {
            var nested = "{'tool':'batch_operation','arguments':{'operations':[" + item("double", 1) + "]}}";
            var deep = nested;
            for (int i = 0; i < 6; i++) {
                deep = "{'tool':'batch_operation','arguments':{'operations':[" + deep + "]}}";
            }

            assertThat(refused(client, item("double", 1), nested)).contains("operations[1]", "cannot contain a batch");
            assertThat(refused(client, deep)).contains("cannot contain a batch");
            assertThat(refused(client)).contains("INVALID_PARAMS");
            assertThat(refused(
                            client,
                            IntStream.range(0, 51)
                                    .mapToObj(i -> item("double", i))
                                    .toArray(String[]::new)))
                    .contains("INVALID_PARAMS");
            assertThat(runs).hasValue(0);
        }
    }

    @Test
    void runsSeveralItemsAtATimeButNotAll() {
        start(builder());
        try (var client = InMemoryClient.of(server)) {
            var all = IntStream.range(0, 20).mapToObj(i -> item("hold")).toArray(String[]::new);
            var pending = client.requestAsync("tools/call", params(null, all));
            Eventually.holds(() -> running.get() == BatchRun.MAX_CONCURRENT);
            held.countDown();

            assertThat(new ToolCallResult(pending.await()).structured().text("status"))
                    .isEqualTo("completed");
            assertThat(most).hasValue(BatchRun.MAX_CONCURRENT);
        }
    }

    @Test
    void itemsNeedNoPermitsOfTheirOwn() {
        start(builder().limits(Limits.STANDARD.withConcurrency(1)));
        try (var client = InMemoryClient.of(server)) {
            var all = IntStream.range(0, 10).mapToObj(i -> item("double", i)).toArray(String[]::new);

            assertThat(batch(client, all).text("status")).isEqualTo("completed");
        }
    }

    @Test
    void theCancellationOfTheBatchCancelsItsItems() {
        start(builder().tool(Tool.named("stubborn").description("Waits.").handler((arguments, call) -> {
            running.incrementAndGet();
            try {
                assertThat(new CountDownLatch(1).await(Eventually.SECONDS, TimeUnit.SECONDS))
                        .isTrue();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return ToolResult.text("");
        })));
        try (var client = InMemoryClient.of(server)) {
            var pending = client.requestAsync("tools/call", params(null, item("stubborn"), item("double", 1)));
            Eventually.holds(() -> running.get() == 1);

            pending.cancel();

            await(interrupted);
        }
    }

    @Test
    void interceptorsSeeEachItemAsACallOfItsOwnTool() {
        var seen = new CopyOnWriteArrayList<String>();
        start(builder().interceptor(new Interceptor() {
            @Override
            public Decision before(InterceptedCall call) {
                seen.add(call.target());
                return call.target().equals("inline")
                        ? Refusal.of(ErrorCode.RATE_LIMITED, "Not now.").withRetryAfter(Duration.ofSeconds(3))
                        : Decision.PROCEED;
            }
        }));
        try (var client = InMemoryClient.of(server)) {
            var result = batch(client, item("double", 1), item("inline"));

            assertThat(seen).containsExactly("batch_operation", "double", "inline");
            assertThat(items(result).get(1))
                    .satisfies(refused ->
                            assertThat(refused.object("error").text("code")).isEqualTo("RATE_LIMITED"))
                    .satisfies(refused -> assertThat(refused.object("error").get("retryAfterMs"))
                            .isEqualTo(Json.of(3_000)));
        }
    }

    @Test
    void aBatchNeedsTheAccessToAllItsToolsBeforeTheFirstOneStarts() {
        start(builder()
                .authenticator(Authenticator.of((fields, peer) -> new Authenticated(Principal.of("ann"))))
                .tool(Tool.named("erase")
                        .description("Erases.")
                        .requiresScope("items:erase")
                        .handler((arguments, call) -> ToolResult.text("erased"))));
        try (var client = InMemoryClient.of(server)) {
            assertThatExceptionOfType(PortException.class)
                    .isThrownBy(() -> call(client, null, item("double", 1), item("erase")))
                    .withMessageContaining("items:erase");
            assertThatExceptionOfType(PortException.class)
                    .isThrownBy(() -> call(client, null, item("double", 1), item("unknown")))
                    .withMessageContaining("unknown");
            assertThat(runs).hasValue(0);
        }
    }

    @Test
    void sendsProgress() {
        start(builder());
        var notifications = new RecordedNotifications();
        try (var client = InMemoryClient.overConnection(server)
                .onNotification(notifications)
                .connect()) {
            batch(client, item("double", 1), item("double", 2), item("double", 3));
        }
        assertThat(notifications.progress().stream().map(each -> each.get("progress")))
                .containsExactly(Json.of(1), Json.of(2), Json.of(3));
    }

    @Test
    void theResultsMustFitIntoOne() {
        start(builder().limits(Limits.STANDARD.withMaxResultBytes(40_000)));
        try (var client = InMemoryClient.of(server)) {
            var result = batch(client, item("large"), item("large"), item("large"), item("large"));

            assertThat(codes(result).stream().filter(String::isEmpty)).hasSize(2);
            assertThat(result.toString()).contains("does not fit into the result of the batch");
        }
    }

    @Test
    void eachItemHasAKeyOfItsOwnIfTheBatchHasOne() {
        var away = new AtomicInteger(1);
        start(builder()
                .idempotency(new MemoryIdempotencyStore(new SimulatedLink(), InstantSource.system()))
                .tool(Tool.named("flaky").description("Fails once.").handler((arguments, call) -> {
                    runs.incrementAndGet();
                    if (away.getAndDecrement() > 0) {
                        throw new ToolException(ErrorCode.OVERLOADED, "Later.");
                    }
                    return ToolResult.text("done");
                })));
        try (var client = InMemoryClient.of(server)) {
            var operations = new String[] {item("double", 1), item("double", 1), item("flaky")};
            assertThat(codes(call(client, "k", operations).structured())).containsExactly("", "", "OVERLOADED");

            assertThat(codes(call(client, "k", operations).structured())).containsExactly("", "", "");

            assertThat(runs).hasValue(4);
            assertThat(call(client, "bad key", operations).text()).contains("INVALID_PARAMS");
        }
    }

    @Test
    void aKeyBelongsToTheListOfTheCalls() {
        start(builder().idempotency(new MemoryIdempotencyStore(new SimulatedLink(), InstantSource.system())));
        try (var client = InMemoryClient.of(server)) {
            var one = item("double", 1);
            var other = item("inline");
            var first = call(client, "k", one, other).structured();
            assertThat(runs).hasValue(1);

            assertThat(call(client, "k", other, one).text()).contains("INVALID_PARAMS", "used with other arguments");
            assertThat(call(client, "k", one, other, item("double", 2)).text()).contains("INVALID_PARAMS");
            assertThat(call(client, "k", one).text()).contains("INVALID_PARAMS");
            assertThat(runs).hasValue(1);

            assertThat(call(client, "k", one, other).structured()).isEqualTo(first);
            assertThat(runs).hasValue(1);
        }
    }

    @Test
    void aBatchWhoseKeyWasClaimedButNotRecordedCanBeRepeated() {
        var link = new SimulatedLink();
        start(builder()
                .idempotency(new ForwardingIdempotencyStore(new MemoryIdempotencyStore(link, InstantSource.system())) {
                    @Override
                    public Claim claim(IdempotencyKey key, Duration lease, CallContext context) {
                        var claim = super.claim(key, lease, context);
                        if (runs.get() == 0 && key.tool().equals("batch_operation")) {
                            link.cut();
                        }
                        return claim;
                    }
                }));
        try (var client = InMemoryClient.of(server)) {
            assertThat(call(client, "k", item("double", 1)).text()).contains("EXTERNAL_ERROR");
            link.mend();
            runs.incrementAndGet();

            assertThat(codes(call(client, "k", item("double", 1)).structured())).containsExactly("");
            assertThat(runs).hasValue(2);
        }
    }

    @Test
    void theKeyInTheArgumentsOfAnItemIsItsKey() {
        start(builder()
                .idempotency(new MemoryIdempotencyStore(new SimulatedLink(), InstantSource.system()))
                .tool(Tool.named("pay")
                        .description("Pays.")
                        .input(PAYMENT)
                        .idempotencyKey("reference")
                        .handler((payment, call) -> counted(() -> ToolResult.text("payment " + runs.get())))));
        try (var client = InMemoryClient.of(server)) {
            var own = "{'tool':'pay','arguments':{'n':1,'reference':'r1'}}";
            var derived = "{'tool':'pay','arguments':{'n':2}}";
            var first = call(client, "k", own, derived).structured();
            assertThat(codes(first)).containsExactly("", "");
            assertThat(runs).hasValue(2);

            assertThat(call(client, "k", own, derived).structured()).isEqualTo(first);
            assertThat(runs).hasValue(2);

            // the own key belongs to no batch, and the derived one to this batch
            assertThat(codes(call(client, "other", own, derived).structured())).containsExactly("", "");
            assertThat(runs).hasValue(3);
            assertThat(codes(batch(client, own))).containsExactly("");
            assertThat(runs).hasValue(3);
        }
    }

    @Test
    void aKeyOfTheBatchComesBeforeTheNaturalKeyOfItsItems() {
        start(builder()
                .idempotency(new MemoryIdempotencyStore(new SimulatedLink(), InstantSource.system()))
                .tool(Tool.named("order")
                        .description("Orders.")
                        .input(Value.class)
                        .naturalKey(value -> "order " + value.n())
                        .handler((value, call) -> counted(() -> ToolResult.text("ordered")))));
        try (var client = InMemoryClient.of(server)) {
            batch(client, item("order", 1));
            batch(client, item("order", 1));
            assertThat(runs).hasValue(1);

            call(client, "k", item("order", 1));
            call(client, "k", item("order", 1));
            assertThat(runs).hasValue(2);
        }
    }

    @Test
    void aToolThatAUserMustConfirmDoesNothingInABatchWhateverClientsMayDo() {
        start(builder()
                .confirmationFallback(ConfirmationFallback.ALLOW)
                .tool(Tool.named("erase")
                        .description("Erases.")
                        .confirm((arguments, call) -> ConfirmationMessage.of("Erase everything?"))
                        .handler((arguments, call) -> {
                            runs.incrementAndGet();
                            return ToolResult.text("erased");
                        })));
        try (var client = InMemoryClient.of(server)) {
            var result = batch(client, item("erase"));

            assertThat(codes(result)).containsExactly("INVALID_PARAMS");
            assertThat(result.toString()).contains("A user must confirm each call of erase");
            assertThat(runs).hasValue(0);
        }
    }

    private static Json.Obj batch(McpClient client, String... operations) {
        var result = call(client, null, operations);
        assertThat(result.isError()).as(result.text()).isFalse();
        return result.structured();
    }

    private static String refused(McpClient client, String... operations) {
        var result = call(client, null, operations);
        assertThat(result.isError()).as(result.text()).isTrue();
        return result.text();
    }

    private static ToolCallResult call(McpClient client, @Nullable String key, String... operations) {
        return new ToolCallResult(client.request("tools/call", params(key, operations)));
    }

    private static Json.Obj params(@Nullable String key, String... operations) {
        var params = Json.object()
                .put("name", "batch_operation")
                .put("arguments", json("{'operations':[" + String.join(",", operations) + "]}"));
        if (key != null) {
            params.put(
                    "_meta",
                    Json.object().put("io.breakwater/idempotencyKey", key).build());
        }
        return params.build();
    }

    private static String item(String tool) {
        return "{'tool':'" + tool + "'}";
    }

    private static String item(String tool, int number) {
        return "{'tool':'" + tool + "','arguments':{'n':" + number + "}}";
    }

    private static List<Json.Obj> items(Json.Obj result) {
        return result.get("results") instanceof Json.Arr(var items)
                ? items.stream().map(Json.Obj.class::cast).toList()
                : List.of();
    }

    /** The code of each item; empty for success. */
    private static List<String> codes(Json.Obj result) {
        return items(result).stream()
                .map(each -> each.object("error"))
                .map(error -> error.has("code") ? String.valueOf(error.text("code")) : "")
                .collect(Collectors.toList());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
