package io.breakwater.core.presentation.protocol.modern;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.session.CapacityLimiter;
import io.breakwater.core.data.session.MemoryTasks;
import io.breakwater.core.presentation.protocol.LegacyRequests;
import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.QuotedJson;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.core.presentation.protocol.WorkGate;
import io.breakwater.port.Json;
import io.breakwater.port.driven.Tasks.Status;
import io.breakwater.port.driven.Tasks.Task;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.server.Breakwater;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.TaskSupport;
import io.breakwater.server.mcp.ToolResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that go on after their answer. */
class TasksTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Json.Obj FORM =
            QuotedJson.json("{'type':'object','properties':{'name':{'type':'string'}},'required':['name']}");
    private static final String EXTENSION =
            "{'roots':{},'elicitation':{},'extensions':{'io.modelcontextprotocol/tasks':{}}}";

    private final WorkGate gate = new WorkGate();
    private final MemoryTasks tasks =
            new MemoryTasks(new CapacityLimiter(2_000, 1_000, 1 << 20), InstantSource.system());
    private final Breakwater server = Breakwater.named("t")
            .tasks(tasks)
            .tool(SampleTools.draft("work").asTask(TaskSupport.OPTIONAL).handler((arguments, call) -> {
                gate.pass();
                return ToolResult.text("done");
            }))
            .tool(SampleTools.draft("ask").asTask(TaskSupport.OPTIONAL).handler((arguments, call) -> {
                var both = call.request(Map.of("one", ClientRequest.roots(), "two", ClientRequest.roots()));
                call.request("one", ClientRequest.roots());
                return ToolResult.text(both.size() + " answers and one");
            }))
            .tool(SampleTools.draft("fail").asTask(TaskSupport.OPTIONAL).handler((arguments, call) -> {
                throw new McpException(McpException.INVALID_PARAMS, "No such thing");
            }))
            .tool(SampleTools.draft("late").asTaskOnDemand(TaskSupport.OPTIONAL).handler((arguments, call) -> {
                call.request("one", ClientRequest.roots());
                call.startTask();
                return ToolResult.text("done");
            }))
            .tool(SampleTools.draft("form").asTask(TaskSupport.OPTIONAL).handler((arguments, call) -> {
                var name = call.request("name", ClientRequest.form("Your name?", FORM))
                        .content();
                return ToolResult.text("Hello " + name.text("name"));
            }))
            .build();
    private final ModernRequests client = ModernRequests.http(server, EXTENSION);

    @AfterEach
    void close() {
        server.close();
    }

    private String begin(String tool) {
        var created = client.call(tool).result();
        assertThat(created.text("resultType")).isEqualTo("task");
        return String.valueOf(created.text("taskId"));
    }

    private RecordedReply get(String id) {
        return client.ask("tasks/get", "{'taskId':'" + id + "'}");
    }

    private RecordedReply cancel(String id) {
        return client.ask("tasks/cancel", "{'taskId':'" + id + "'}");
    }

    private RecordedReply update(String id, String responses) {
        return client.ask("tasks/update", "{'taskId':'" + id + "','inputResponses':" + responses + "}");
    }

    private Json.Obj awaitStatus(String id, String status) {
        for (int i = 0; i < 1_000_000; i++) {
            var task = get(id).result();
            if (status.equals(task.text("status"))) {
                return task;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("never " + status + ": " + get(id).result());
    }

    private static void assertInvalid(RecordedReply reply) {
        assertThat(reply.code()).isEqualTo(McpException.INVALID_PARAMS);
        assertThat(reply.status()).isEqualTo(ReplyStatus.RESULT);
    }

    @Test
    void aTaskCanBeAskedForFromTheMomentItIsAnswered() {
        var created = client.call("work").result();
        assertThat(created.text("status")).isEqualTo("working");
        assertThat(created.has("createdAt")).isTrue();
        assertThat(created.get("ttlMs")).isEqualTo(Json.of(3_600_000));

        var task = get(String.valueOf(created.text("taskId"))).result();
        assertThat(task.text("resultType")).isEqualTo("complete");
        assertThat(task.text("status")).isEqualTo("working");
    }

    @Test
    void itsResultIsWhatTheCallWouldHaveSaid() {
        var id = begin("work");
        gate.open();

        var task = awaitStatus(id, "completed");
        assertThat(task.object("result")).asString().contains("done");
        assertThat(task.has("error")).isFalse();
    }

    @Test
    void anErrorOfTheProtocolIsItsError() {
        var task = awaitStatus(begin("fail"), "failed");

        assertThat(task.object("error").get("code")).isEqualTo(Json.of(McpException.INVALID_PARAMS));
        assertThat(task.has("result")).isFalse();
    }

    @Test
    void questionsWaitInItUnderKeysThatAreNeverUsedAgain() {
        var id = begin("ask");
        var asking = awaitStatus(id, "input_required");
        assertThat(asking.object("inputRequests").members()).containsOnlyKeys("one", "two");

        assertThat(update(id, "{'one':{'roots':[]},'nine':{'roots':[]}}")
                        .result()
                        .text("resultType"))
                .isEqualTo("complete");
        assertThat(get(id).result().object("inputRequests").members()).containsOnlyKeys("two");

        update(id, "{'one':{'roots':[]},'two':{'roots':[]}}");
        var again = awaitStatus(id, "input_required");
        assertThat(again.object("inputRequests").members()).containsOnlyKeys("one-2");

        update(id, "{'one-2':{'roots':[]}}");
        assertThat(awaitStatus(id, "completed").object("result")).asString().contains("2 answers and one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{'one':1}", "{'one':{'action':'accept'}}", "null"})
    void anAnswerThatIsNoneIsRefusedAndTheQuestionStaysOpen(String responses) {
        var id = begin("ask");
        awaitStatus(id, "input_required");

        assertInvalid(update(id, responses));
        assertThat(get(id).result().object("inputRequests").members()).containsOnlyKeys("one", "two");
    }

    @Test
    void anAnswerThatDoesNotFitItsFormIsAskedAgainUnderAnotherKey() {
        var id = begin("form");
        awaitStatus(id, "input_required");
        update(id, "{'name':{'action':'accept','content':{'name':5}}}");

        var again = awaitKey(id, "name-2");
        assertThat(again.object("params").text("message"))
                .startsWith("Your name?")
                .contains("/name");
        update(id, "{'name-2':{'action':'accept','content':{'name':'Ann'}}}");
        assertThat(awaitStatus(id, "completed").object("result")).asString().contains("Hello Ann");
    }

    @Test
    void anAnswerThatDoesNotFitTheSecondTimeIsTheTasksError() {
        var id = begin("form");
        awaitStatus(id, "input_required");
        update(id, "{'name':{'action':'accept','content':{'name':5}}}");
        awaitKey(id, "name-2");
        update(id, "{'name-2':{'action':'accept'}}");

        assertThat(awaitStatus(id, "completed").object("result").get("isError")).isEqualTo(Json.of(true));
    }

    private Json.Obj awaitKey(String id, String key) {
        for (int i = 0; i < 1_000_000; i++) {
            var questions = awaitStatus(id, "input_required").object("inputRequests");
            if (questions.has(key)) {
                return questions.object(key);
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("never asked " + key + ": " + get(id).result());
    }

    @Test
    void aTaskThatIsCancelledStopsAndStaysSo() {
        var id = begin("work");
        gate.awaitEntered();
        assertThat(cancel(id).result().text("resultType")).isEqualTo("complete");

        gate.awaitInterrupted();
        assertThat(get(id).result().text("status")).isEqualTo("cancelled");
        assertThat(cancel(id).result().has("error")).isFalse();
        assertThat(get(id).result().text("status")).isEqualTo("cancelled");
    }

    @Test
    void cancellingWhatHasEndedChangesNothing() {
        var id = begin("work");
        gate.open();
        awaitStatus(id, "completed");

        assertThat(cancel(id).result().text("resultType")).isEqualTo("complete");
        assertThat(get(id).result().text("status")).isEqualTo("completed");
    }

    @Test
    void theEndOfTheExchangeIsNotTheEndOfTheTask() {
        var reply = client.call("work");
        gate.awaitEntered();
        reply.awaitEnd();
        reply.disconnect();
        gate.open();

        awaitStatus(String.valueOf(reply.result().text("taskId")), "completed");
    }

    @Test
    void whatWasNeverOrIsNoLongerIsUnknown() {
        for (var method : new String[] {"tasks/get", "tasks/cancel"}) {
            assertInvalid(client.ask(method, "{'taskId':'nobody'}"));
        }
        assertInvalid(update("nobody", "{}"));
    }

    @Test
    void thatOfAnotherCallerIsUnknown() {
        var now = Instant.now();
        tasks.create(
                new Task("bobs", "bob", Status.WORKING, null, now, now, HOUR, HOUR, Json.Obj.EMPTY, null),
                ManualCallContext.unhurried());

        assertInvalid(get("bobs"));
        assertInvalid(cancel("bobs"));
        assertInvalid(update("bobs", "{}"));
        assertThat(tasks.find("bobs", ManualCallContext.unhurried()))
                .map(Task::status)
                .contains(Status.WORKING);
    }

    @Test
    void aToolMayAskBeforeItBecomesOne() {
        var pending = client.call("late").result();
        assertThat(pending.text("resultType")).isEqualTo("input_required");

        var created = client.again("tools/call", "{'name':'late'}", pending, "{'one':{'roots':[]}}")
                .result();
        awaitStatus(String.valueOf(created.text("taskId")), "completed");
    }

    @Test
    void clientsThatDoNotFollowTasksWaitForTheResult() {
        gate.open();
        assertThat(ModernRequests.http(server, "{}").call("work").result())
                .asString()
                .contains("done");
        assertThat(LegacyRequests.begun(server).call("work").result())
                .asString()
                .contains("done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tasks/get", "tasks/cancel", "tasks/update"})
    void clientsThatDoNotFollowTasksAreToldSo(String method) {
        var reply = ModernRequests.http(server, "{}").ask(method, "{'taskId':'x','inputResponses':{}}");

        assertThat(reply.code()).isEqualTo(McpException.MISSING_CAPABILITY);
        assertThat(reply.status()).isEqualTo(ReplyStatus.MALFORMED);
    }
}
