package io.breakwater.core.presentation.protocol.modern;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.session.CapacityLimiter;
import io.breakwater.core.data.session.MemoryTasks;
import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.QuotedJson;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.port.Json;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.TaskSupport;
import io.breakwater.server.mcp.ToolResult;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tasks that exceed the memory for tasks. */
class TaskMemoryTest {
    private static final Json.Obj FORM = QuotedJson.json("{'type':'object','properties':{}}");
    private static final int LARGE = 10_000;

    private final MemoryTasks tasks = new MemoryTasks(new CapacityLimiter(2, 2, 8_000), InstantSource.system());
    private final Breakwater server = Breakwater.named("t")
            .tasks(tasks)
            .tool(SampleTools.draft("large")
                    .asTask(TaskSupport.OPTIONAL)
                    .handler((arguments, call) -> ToolResult.text("x".repeat(LARGE))))
            .tool(SampleTools.draft("ask").asTask(TaskSupport.OPTIONAL).handler((arguments, call) -> {
                call.request("name", ClientRequest.form("?".repeat(LARGE), FORM));
                return ToolResult.text("done");
            }))
            .build();
    private final ModernRequests client =
            ModernRequests.http(server, "{'elicitation':{},'extensions':{'io.modelcontextprotocol/tasks':{}}}");

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aResultAboveTheMemoryLimitFailsTheTask() {
        var task = endOf("large");

        assertThat(task.text("status")).isEqualTo("failed");
        assertThat(task.object("error").get("code")).isEqualTo(Json.of(McpException.INTERNAL_ERROR));
        assertThat(task.object("error").text("message")).contains("no capacity to store its result");
    }

    @Test
    void aClientRequestAboveTheMemoryLimitFailsTheCall() {
        var task = endOf("ask");

        assertThat(task.text("status")).isEqualTo("completed");
        assertThat(task.object("result")).asString().contains("no capacity to store the client requests");
    }

    private Json.Obj endOf(String tool) {
        var id = String.valueOf(client.call(tool).result().text("taskId"));
        Eventually.holds(() -> !"working".equals(get(id).text("status")));
        return get(id);
    }

    private Json.Obj get(String id) {
        return client.ask("tasks/get", "{'taskId':'" + id + "'}").result();
    }
}
