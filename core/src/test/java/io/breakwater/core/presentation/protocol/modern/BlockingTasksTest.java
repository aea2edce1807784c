package io.breakwater.core.presentation.protocol.modern;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.BlockingStores;
import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.core.presentation.protocol.WorkGate;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.Limits;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.execution.TimedExecutors;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.TaskSupport;
import io.breakwater.server.mcp.ToolResult;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tasks in a store that may block or is not available. */
class BlockingTasksTest {
    private final TimedExecutors executors = new TimedExecutors();
    private final BlockingStores stores = new BlockingStores(executors);
    private final WorkGate gate = new WorkGate();
    private final Breakwater server = stores.server()
            .limits(Limits.STANDARD.withTaskTtl(Duration.ofMinutes(20)))
            .tool(SampleTools.draft("inline")
                    .asTask(TaskSupport.OPTIONAL)
                    .executionMode(ExecutionMode.INLINE)
                    .handler((arguments, call) -> ToolResult.text("done")))
            .tool(SampleTools.draft("wait").asTask(TaskSupport.OPTIONAL).handler((arguments, call) -> {
                gate.pass();
                return ToolResult.text("done");
            }))
            .tool(SampleTools.draft("ask").asTask(TaskSupport.OPTIONAL).handler((arguments, call) -> {
                call.request("one", ClientRequest.roots());
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
        return String.valueOf(client.call(tool).result().text("taskId"));
    }

    private RecordedReply ask(String method, String id) {
        return client.ask(method, "{'taskId':'" + id + "','inputResponses':{'one':{'roots':[]}}}")
                .awaitEnd();
    }

    private void awaitStatus(String id, String status) {
        Eventually.holds(() -> status.equals(ask("tasks/get", id).result().text("status")));
    }

    private static void assertUnavailable(RecordedReply reply) {
        assertThat(reply.awaitEnd().status()).isEqualTo(new ReplyStatus.Overloaded(BlockingStores.RETRY));
        assertThat(reply.code()).isEqualTo(503);
    }

    @Test
    void noMethodReachesTheStoreOnTheThreadOnWhichItArrived() {
        awaitStatus(begin("inline"), "completed");
        var asking = begin("ask");
        awaitStatus(asking, "input_required");
        ask("tasks/update", asking).result();
        awaitStatus(asking, "completed");
        ask("tasks/cancel", begin("wait")).result();
        gate.awaitInterrupted();

        assertThat(stores.taskWatch.violations()).isEmpty();
        assertThat(stores.taskWatch.accesses()).contains("create", "find", "update");
    }

    @Test
    void theTimerDoesNotWaitForTheStore() {
        begin("wait");
        gate.awaitEntered();
        var updates = stores.taskWatch.hold("update");
        executors.pass(Duration.ofMinutes(21)); // runs the timers on the thread of the test

        assertThat(stores.taskWatch.violations()).isEmpty();
        updates.release();
        gate.awaitInterrupted();
    }

    @Test
    @CoversOutage("tasks: session store down")
    void everyMethodIsRefusedUntilTheStoreIsBack() {
        var id = begin("wait");
        stores.taskWatch.fail(BlockingStores.outage());
        for (var method : new String[] {"tasks/get", "tasks/update", "tasks/cancel"}) {
            assertUnavailable(ask(method, id));
        }
        assertUnavailable(client.call("wait"));

        stores.taskWatch.fail(null);
        assertThat(ask("tasks/get", id).result().text("status")).isEqualTo("working");
    }

    @Test
    void aCancellationThatCannotBeStoredChangesNothing() {
        var id = begin("wait");
        gate.awaitEntered();
        var updates = stores.taskWatch.hold("update");
        var cancellation = client.ask("tasks/cancel", "{'taskId':'" + id + "'}");
        updates.awaitReached();
        stores.taskWatch.fail(BlockingStores.outage());
        updates.release();
        assertUnavailable(cancellation);
        stores.taskWatch.fail(null);

        gate.open();
        awaitStatus(id, "completed");
        assertThat(gate.wasInterrupted()).isFalse();
    }

    @Test
    @CoversOutage("tasks: session store down")
    void anOutcomeThatCannotBeStoredIsStoredLater() {
        var id = begin("wait");
        gate.awaitEntered();
        stores.taskWatch.clearAccesses();
        stores.taskWatch.fail(BlockingStores.outage());
        gate.open();
        Eventually.holds(() -> !stores.taskWatch.accesses().isEmpty());
        stores.taskWatch.fail(null);

        Eventually.holds(() -> {
            executors.pass(Duration.ofSeconds(1));
            return "completed".equals(ask("tasks/get", id).result().text("status"));
        });
    }
}
