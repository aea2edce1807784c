package io.breakwater.core.presentation.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.Breakwater;
import io.breakwater.core.BreakwaterBuilder;
import io.breakwater.core.Limits;
import io.breakwater.core.presentation.catalog.Question;
import io.breakwater.core.presentation.catalog.TaskSupport;
import io.breakwater.core.presentation.catalog.ToolResult;
import io.breakwater.core.presentation.protocol.Gate;
import io.breakwater.core.presentation.protocol.Heard;
import io.breakwater.core.presentation.protocol.LegacyTalk;
import io.breakwater.core.presentation.protocol.ModernTalk;
import io.breakwater.core.presentation.protocol.Tools;
import io.breakwater.core.runtime.TimedLanes;
import io.breakwater.port.Json;
import io.breakwater.port.driving.Disposition;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** So many calls are at work at a time, and those that wait for a human do not count. */
class PermitsTest {
    private final TimedLanes lanes = new TimedLanes();
    private final Gate gate = new Gate();
    private final Gate stubborn = new Gate();
    private final Breakwater server =
            plan(Limits.STANDARD.withConcurrency(1).withParked(2)).build();
    private final ModernTalk modern =
            ModernTalk.http(server, "{'roots':{},'extensions':{'io.modelcontextprotocol/tasks':{}}}");

    private BreakwaterBuilder plan(Limits limits) {
        return Breakwater.named("t")
                .lanes(lanes)
                .limits(limits)
                .tool(Tools.saying("quick", call -> "done"))
                .tool(Tools.saying("wait", call -> {
                    gate.pass();
                    return "done";
                }))
                .tool(Tools.saying("stubborn", call -> {
                    try {
                        gate.pass();
                    } catch (InterruptedException e) {
                        stubborn.pass();
                    }
                    return "done";
                }))
                .tool(Tools.saying(
                        "ask", call -> call.ask("r", Question.roots()).result().toString()))
                .tool(Tools.draft("task").asTask(TaskSupport.OPTIONAL).handledBy((arguments, call) -> {
                    call.ask("r", Question.roots());
                    gate.pass();
                    return ToolResult.text("done");
                }));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void assertFull() {
        var heard = modern.call("quick").awaitEnd();
        assertThat(heard.disposition()).isEqualTo(new Disposition.Overloaded(Duration.ofSeconds(1)));
        assertThat(heard.code()).isEqualTo(503);
    }

    private void assertRoom() {
        assertThat(modern.call("quick").result()).asString().contains("done");
    }

    /** Permits come back a moment after the answer: when the work has stopped. */
    private void awaitRoom() {
        Heard heard = modern.call("quick").awaitEnd();
        for (int i = 0; i < 100_000 && heard.answer().has("error"); i++) {
            Thread.onSpinWait();
            heard = modern.call("quick").awaitEnd();
        }
        assertThat(heard.result()).asString().contains("done");
    }

    @Test
    void beyondTheBoundCallsAreRefusedUntilOneEnds() {
        var first = modern.call("wait");
        gate.awaitEntered();
        assertFull();
        assertFull();

        gate.open();
        first.awaitEnd();
        awaitRoom();
    }

    @Test
    void workThatDoesNotStopKeepsItsPermitThoughItsClientIsGone() {
        var first = modern.call("stubborn");
        gate.awaitEntered();
        first.disconnect();
        stubborn.awaitEntered();
        assertFull();

        stubborn.open();
        awaitRoom();
    }

    @Test
    void aLegacyCallThatWaitsForItsUserHoldsNoPermit() {
        var legacy = LegacyTalk.begun(server);
        var asking = legacy.call("ask");
        var request = asking.awaitMessages(1).getFirst();
        assertRoom();

        legacy.answer(request, "{'roots':[]}");
        assertThat(asking.result()).asString().contains("roots");
        awaitRoom();
    }

    @Test
    void aTaskThatWaitsForItsUserHoldsNoPermitAndTakesItAgain() {
        var id = String.valueOf(modern.call("task").result().text("taskId"));
        awaitStatus(id, "input_required");
        assertRoom();

        modern.ask("tasks/update", answer(id)).result();
        gate.awaitEntered();
        assertFull();
        gate.open();
        awaitRoom();
    }

    @Test
    void aFullServerStillTakesAnswersAndCancellations() {
        var answered = String.valueOf(modern.call("task").result().text("taskId"));
        awaitStatus(answered, "input_required");
        awaitRoom();
        var cancelled = String.valueOf(modern.call("task").result().text("taskId"));
        awaitStatus(cancelled, "input_required");
        awaitRoom();
        var filling = LegacyTalk.begun(server).call("stubborn");
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

    private static String answer(String task) {
        return "{'taskId':'" + task + "','inputResponses':{'r':{'roots':[]}}}";
    }

    private void awaitStatus(String task, String status) {
        for (int i = 0; i < 100_000; i++) {
            var heard = modern.ask("tasks/get", "{'taskId':'" + task + "'}").awaitEnd();
            if (status.equals(heard.answer().object("result").text("status"))) {
                return;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("the task is not " + status);
    }

    @Test
    void onlySoManyCallsOfOnePrincipalWaitForUsers() {
        var legacy = LegacyTalk.begun(server);
        var first = legacy.call("ask");
        var question = first.awaitMessages(1).getFirst();
        var second = legacy.call("ask");
        second.awaitMessages(1);

        var third = legacy.call("ask");
        assertThat(third.result().get("isError")).isEqualTo(Json.of(true));
        assertThat(third.result()).asString().contains("OVERLOADED");

        legacy.answer(question, "{'roots':[]}");
        first.awaitEnd();
        legacy.call("ask").awaitMessages(1);
    }

    @Test
    void aCallThatIsCancelledWhileItWaitsLeavesNothingBehind() {
        var legacy = LegacyTalk.begun(server);
        for (int i = 0; i < 5; i++) {
            var asking = legacy.call("ask");
            asking.awaitMessages(1);
            legacy.tell("notifications/cancelled", "{'requestId':" + legacy.lastId() + "}");
            asking.awaitEnd();
            awaitRoom();
        }
    }
}
