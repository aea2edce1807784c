package io.breakwater.core.presentation.protocol.modern;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.core.presentation.protocol.WorkGate;
import io.breakwater.port.Json;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.Limits;
import io.breakwater.server.execution.TimedExecutors;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.TaskSupport;
import io.breakwater.server.mcp.ToolResult;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A task is kept for a while, and its work ends with it. */
class TaskTimeTest {
    private final TimedExecutors executors = new TimedExecutors();
    private final WorkGate gate = new WorkGate();
    private final AtomicReference<Duration> left = new AtomicReference<>(Duration.ZERO);
    private final Breakwater server = Breakwater.named("t")
            .executors(executors)
            .limits(Limits.STANDARD.withTaskTtl(Duration.ofMinutes(20)))
            .tool(SampleTools.draft("work").asTask(TaskSupport.OPTIONAL).handler((arguments, call) -> {
                left.set(call.remaining());
                gate.pass();
                return ToolResult.text("done");
            }))
            .tool(SampleTools.draft("brief")
                    .asTask(TaskSupport.OPTIONAL)
                    .timeout(Duration.ofMinutes(5))
                    .handler((arguments, call) -> {
                        gate.pass();
                        return ToolResult.text("done");
                    }))
            .tool(SampleTools.draft("ask").asTask(TaskSupport.OPTIONAL).handler((arguments, call) -> {
                call.context().onCancel(gate::open);
                call.request("r", ClientRequest.roots());
                return ToolResult.text("done");
            }))
            .build();
    private final ModernRequests client =
            ModernRequests.http(server, "{'roots':{},'extensions':{'io.modelcontextprotocol/tasks':{}}}");

    @AfterEach
    void close() {
        server.close();
    }

    private String begin(String tool) {
        var created = client.call(tool).result();
        assertThat(created.get("ttlMs")).isEqualTo(Json.of(20 * 60_000));
        return String.valueOf(created.text("taskId"));
    }

    private RecordedReply get(String id) {
        return client.ask("tasks/get", "{'taskId':'" + id + "'}");
    }

    @Test
    void itsWorkHasTheTimeOfTheTaskNotOfACall() {
        var id = begin("work");
        gate.awaitEntered();
        assertThat(left.get()).isEqualTo(Duration.ofMinutes(20));

        executors.pass(Duration.ofMinutes(19));
        assertThat(get(id).result().text("status")).isEqualTo("working");
        assertThat(gate.wasInterrupted()).isFalse();
    }

    @Test
    void itsWorkIsStoppedWhenItIsForgotten() {
        var id = begin("work");
        gate.awaitEntered();
        executors.pass(Duration.ofMinutes(21));

        gate.awaitInterrupted();
        assertThat(get(id).code()).isEqualTo(McpException.INVALID_PARAMS);
    }

    @Test
    void aToolMayGiveItLess() {
        var id = begin("brief");
        gate.awaitEntered();
        executors.pass(Duration.ofMinutes(6));

        gate.awaitInterrupted();
        var task = get(id).result();
        assertThat(task.text("status")).isEqualTo("completed");
        assertThat(task.object("result").get("isError")).isEqualTo(Json.of(true));
        assertThat(task.object("result")).asString().contains("TIMEOUT");
    }

    @Test
    void aSuspendedTaskIsStoppedWhenItExpires() {
        var id = begin("ask");
        Eventually.holds(() -> "input_required".equals(get(id).result().text("status")));
        executors.pass(Duration.ofMinutes(21));

        gate.awaitOpened();
        assertThat(get(id).code()).isEqualTo(McpException.INVALID_PARAMS);
    }
}
