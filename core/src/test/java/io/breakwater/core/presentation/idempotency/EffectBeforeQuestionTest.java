package io.breakwater.core.presentation.idempotency;

import static io.breakwater.core.presentation.protocol.QuotedJson.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.LegacyRequests;
import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.Json;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.port.memory.MemoryIdempotencyStore;
import io.breakwater.port.memory.MemoryUserStore;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BuiltInPack;
import io.breakwater.server.client.ToolCallResult;
import io.breakwater.server.execution.TimedExecutors;
import io.breakwater.server.mcp.Idempotency;
import io.breakwater.server.mcp.ToolResult;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An effect of {@code runOnce} before a question keeps the key, until the call has gone on to its end. */
class EffectBeforeQuestionTest {
    private static final String YES = "{'sure':{'action':'accept','content':{'sure':true}}}";
    private static final String NO = "{'sure':{'action':'decline'}}";

    private final TimedExecutors executors = new TimedExecutors();
    private final SimulatedLink line = new SimulatedLink();
    private final MemoryIdempotencyStore keys = new MemoryIdempotencyStore(line, executors.clock());
    private final MemoryUserStore users = new MemoryUserStore(line, executors.clock(), keys);
    private final AtomicInteger reserved = new AtomicInteger();
    private final AtomicInteger paid = new AtomicInteger();

    record Sure(boolean sure) {}

    private final Breakwater server = Breakwater.named("shop")
            .executors(executors)
            .idempotency(keys)
            .pack(new BuiltInPack.Batch())
            .tool(SampleTools.saying("pay", call -> {
                var reservation = call.runOnce("reserve", () -> Json.of(reserved.incrementAndGet()));
                call.elicit("sure", "Pay?", Sure.class);
                return "paid " + paid.incrementAndGet() + " for reservation " + reservation;
            }))
            .tool(SampleTools.saying("ask", call -> {
                call.elicit("sure", "Pay?", Sure.class);
                return "paid " + paid.incrementAndGet();
            }))
            .tool(SampleTools.draft("register")
                    .idempotency(Idempotency.EXACTLY_ONCE)
                    .handler((arguments, call) -> {
                        var user = call.runOnce(
                                "user",
                                () -> Json.of(users.create("Ann", "ann@example.com", call.context())
                                        .id()));
                        call.elicit("sure", "Welcome?", Sure.class);
                        return ToolResult.text("user " + user);
                    }))
            .tool(SampleTools.draft("wrong")
                    .idempotency(Idempotency.EXACTLY_ONCE)
                    .handler((arguments, call) -> {
                        call.runOnce("reserve", () -> Json.of(reserved.incrementAndGet()));
                        call.elicit("sure", "Welcome?", Sure.class);
                        return ToolResult.text("done");
                    }))
            .build();
    private final ModernRequests client = ModernRequests.http(server, "{'elicitation':{'form':{}}}");

    @AfterEach
    void close() {
        server.close();
    }

    private static String params(String tool) {
        return "{'name':'" + tool + "','_meta':{'" + IdempotencyService.META_KEY + "':'k'}}";
    }

    private String call(String tool) {
        return client.ask("tools/call", params(tool)).answer().toString();
    }

    private Json.Obj pending(String tool) {
        var pending = client.ask("tools/call", params(tool)).result();
        assertThat(pending.text("resultType")).isEqualTo("input_required");
        return pending;
    }

    private RecordedReply again(String tool, Json.Obj pending, String response) {
        return client.again("tools/call", params(tool), pending, response);
    }

    @Test
    void anotherAttemptIsInProgressWhileTheUserThinks() {
        pending("pay");

        assertThat(call("pay")).contains("CONFLICT", "in progress");
        executors.pass(Duration.ofMinutes(9));
        assertThat(call("pay")).contains("CONFLICT", "in progress");
        assertThat(reserved).hasValue(1);
    }

    @Test
    void theCallGoesOnInItsNextRound() {
        var pending = pending("pay");

        assertThat(again("pay", pending, YES).answer().toString()).contains("paid 1 for reservation 1");

        assertThat(call("pay")).contains("paid 1 for reservation 1", KeyedCall.META_REPLAYED);
        assertThat(again("pay", pending, YES).answer().toString()).contains("paid 1", KeyedCall.META_REPLAYED);
        assertThat(reserved).hasValue(1);
        assertThat(paid).hasValue(1);
    }

    @Test
    void theOutcomeIsUnknownIfTheUserNeverResponds() {
        pending("pay");

        executors.pass(Duration.ofMinutes(15));

        assertThat(call("pay")).contains("CONFLICT", "The outcome is unknown");
        assertThat(reserved).hasValue(1);
    }

    @Test
    void theOutcomeIsUnknownIfTheUserDeclinesAfterTheEffect() {
        assertThat(again("pay", pending("pay"), NO).answer().toString()).contains("DECLINED");

        assertThat(call("pay")).contains("CONFLICT", "The outcome is unknown");
        assertThat(reserved).hasValue(1);
    }

    @Test
    void theOutcomeIsUnknownIfTheUserOfAWaitingCallDeclinesAfterTheEffect() {
        var waiting = LegacyRequests.begun(server);
        var reply = waiting.ask("tools/call", params("pay"));
        waiting.answer(reply.awaitMessages(1).getFirst(), "{'action':'decline'}");
        assertThat(reply.result()).asString().contains("DECLINED");

        assertThat(waiting.ask("tools/call", params("pay")).result())
                .asString()
                .contains("CONFLICT", "The outcome is unknown");
        assertThat(reserved).hasValue(1);
    }

    @Test
    void theOutcomeIsUnknownIfABatchCannotAskAfterTheEffect() {
        try (var caller = InMemoryClient.of(server)) {
            var batch = json("{'name':'batch_operation','arguments':{'operations':[{'tool':'pay'}]},'_meta':{'"
                    + IdempotencyService.META_KEY + "':'k'}}");
            assertThat(new ToolCallResult(caller.request("tools/call", batch)).structured())
                    .asString()
                    .contains("not possible in a batch");

            assertThat(new ToolCallResult(caller.request("tools/call", batch)).structured())
                    .asString()
                    .contains("The outcome is unknown");
        }
        assertThat(reserved).hasValue(1);
    }

    @Test
    void aQuestionWithoutAnEffectLeavesTheKeyFree() {
        var first = pending("ask");
        var second = pending("ask");

        assertThat(again("ask", second, YES).answer().toString()).contains("paid 1");
        assertThat(again("ask", first, YES).answer().toString()).contains("paid 1", KeyedCall.META_REPLAYED);
        assertThat(paid).hasValue(1);
    }

    @Test
    void aRecordedWriteBeforeAQuestionHappensOnce() {
        var pending = pending("register");

        assertThat(again("register", pending("register"), YES).answer().toString())
                .contains("user 1");
        assertThat(again("register", pending, YES).answer().toString()).contains("user 1");
        assertThat(users.listAfter(0, 10, ManualCallContext.unhurried())).hasSize(1);
    }

    @Test
    void anEffectOfAnExactlyOnceToolOutsideItsStoreIsReported() {
        assertThat(call("wrong")).contains("INTERNAL_ERROR");
    }
}
