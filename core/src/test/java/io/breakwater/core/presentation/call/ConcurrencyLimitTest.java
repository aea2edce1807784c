package io.breakwater.core.presentation.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.LegacyRequests;
import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.core.presentation.protocol.WorkGate;
import io.breakwater.port.Json;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.Limits;
import io.breakwater.server.execution.TimedExecutors;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.TaskSupport;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.ConcurrencySettings;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Limits how many calls run at the same time; suspended calls do not count. No call waits for a permit here. */
class ConcurrencyLimitTest {
    private static final Duration TIMEOUT = Eventually.LIMIT;

    private final TimedExecutors executors = new TimedExecutors();
    private final WorkGate gate = new WorkGate();
    private final WorkGate stubborn = new WorkGate();
    private final Breakwater server =
            plan(Limits.STANDARD.withConcurrency(1).withMaxPendingInputs(2)).build();
    private final ModernRequests modern =
            ModernRequests.http(server, "{'roots':{},'extensions':{'io.modelcontextprotocol/tasks':{}}}");

    private BreakwaterBuilder plan(Limits limits) {
        return Breakwater.named("t")
                .executors(executors)
                .limits(limits)
                .concurrency(ConcurrencySettings.STANDARD.withQueue(0, Duration.ofSeconds(1)))
                .tool(SampleTools.saying("quick", call -> "done"))
                .tool(SampleTools.saying("wait", call -> {
                    gate.pass();
                    return "done";
                }))
                .tool(SampleTools.saying("stubborn", call -> {
                    try {
                        gate.pass();
                    } catch (InterruptedException e) {
                        stubborn.pass();
                    }
                    return "done";
                }))
                .tool(SampleTools.saying(
                        "ask",
                        call -> call.request("r", ClientRequest.roots())
                                .result()
                                .toString()))
                .tool(SampleTools.draft("task").asTask(TaskSupport.OPTIONAL).handler((arguments, call) -> {
                    call.request("r", ClientRequest.roots());
                    gate.pass();
                    return ToolResult.text("done");
                }));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void assertFull() {
        var reply = modern.call("quick").awaitEnd();
        assertThat(reply.status()).isEqualTo(new ReplyStatus.Overloaded(Duration.ofSeconds(1)));
        assertThat(reply.code()).isEqualTo(503);
    }

    private void assertPermitIsFree() {
        assertThat(letIn(() -> modern.call("quick")).result()).asString().contains("done");
    }

    /**
     * A permit comes back a moment after the answer, when the work has stopped: whoever is refused meanwhile, which is
     * at once, tries again.
     */
    private static RecordedReply letIn(Supplier<RecordedReply> call) {
        var reply = new AtomicReference<>(call.get());
        await("room", () -> {
            boolean refused = reply.get().status() instanceof ReplyStatus.Overloaded;
            if (refused) {
                reply.set(call.get());
            }
            return !refused;
        });
        return reply.get();
    }

    private static void await(String what, BooleanSupplier there) {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (!there.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting for %s", what).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /** What a call that was let in asks its user. */
    private static Json.Obj question(RecordedReply asking) {
        var message = asking.awaitMessages(1).getFirst();
        assertThat(message.text("method")).isEqualTo("roots/list");
        return message;
    }

    @Test
    @CoversOutage("concurrency limit: threads at the limit of calls")
    void rejectsCallsAboveTheLimitUntilOneEnds() {
        var first = modern.call("wait");
        gate.awaitEntered();
        assertFull();
        assertFull();

        gate.open();
        first.awaitEnd();
        assertPermitIsFree();
    }

    @Test
    void workThatContinuesAfterADisconnectKeepsItsPermit() {
        var first = modern.call("stubborn");
        gate.awaitEntered();
        first.disconnect();
        stubborn.awaitEntered();
        assertFull();

        stubborn.open();
        assertPermitIsFree();
    }

    @Test
    void aSuspendedLegacyCallHoldsNoPermit() {
        var legacy = LegacyRequests.begun(server);
        var asking = letIn(() -> legacy.call("ask"));
        var request = question(asking);
        assertPermitIsFree();

        legacy.answer(request, "{'roots':[]}");
        assertThat(asking.result()).asString().contains("roots");
        assertPermitIsFree();
    }

    @Test
    void aSuspendedTaskHoldsNoPermitUntilItResumes() {
        var id = task();
        assertPermitIsFree();

        modern.ask("tasks/update", answer(id)).result();
        gate.awaitEntered();
        assertFull();
        gate.open();
        assertPermitIsFree();
    }

    @Test
    void aFullServerStillAcceptsResponsesAndCancellations() {
        var legacy = LegacyRequests.begun(server);
        var answered = task();
        var cancelled = task();
        var filling = letIn(() -> legacy.call("stubborn"));
        gate.awaitEntered();
        assertFull();

        assertThat(modern.ask("tasks/cancel", "{'taskId':'" + cancelled + "'}")
                        .result()
                        .has("error"))
                .isFalse();
        assertThat(modern.ask("tasks/update", answer(answered)).result().has("error"))
                .isFalse();
        assertFull();

        gate.open();
        filling.awaitEnd();
        awaitStatus(answered, "completed");
        awaitStatus(cancelled, "cancelled");
    }

    /** A task that waits for its user. */
    private String task() {
        var id = String.valueOf(letIn(() -> modern.call("task")).result().text("taskId"));
        awaitStatus(id, "input_required");
        return id;
    }

    private static String answer(String task) {
        return "{'taskId':'" + task + "','inputResponses':{'r':{'roots':[]}}}";
    }

    private void awaitStatus(String task, String status) {
        await(status, () -> {
            var reply = modern.ask("tasks/get", "{'taskId':'" + task + "'}");
            return status.equals(reply.answer().object("result").text("status"));
        });
    }

    @Test
    void limitsTheSuspendedCallsOfOnePrincipal() {
        var legacy = LegacyRequests.begun(server);
        var first = letIn(() -> legacy.call("ask"));
        var inputRequired = question(first);
        question(letIn(() -> legacy.call("ask")));

        var third = letIn(() -> legacy.call("ask"));
        assertThat(third.result().get("isError")).isEqualTo(Json.of(true));
        assertThat(third.result()).asString().contains("OVERLOADED");

        legacy.answer(inputRequired, "{'roots':[]}");
        first.awaitEnd();
        question(letIn(() -> legacy.call("ask")));
    }

    @Test
    void cancellingASuspendedCallFreesItsPlace() {
        var legacy = LegacyRequests.begun(server);
        for (int i = 0; i < 5; i++) {
            var asking = letIn(() -> legacy.call("ask"));
            question(asking);
            legacy.tell("notifications/cancelled", "{'requestId':" + legacy.lastId() + "}");
            asking.awaitEnd();
            assertPermitIsFree();
        }
    }
}
