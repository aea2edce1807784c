package io.breakwater.bootstrap.conformance;

import io.breakwater.port.Json;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.TaskSupport;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.schema.Description;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tools that run as tasks, or could. */
final class TaskTools {
    private TaskTools() {}

    record Greeting(@Description("Whom to greet") String name) {}

    record Slow(
            @Description("How long it takes") double seconds,
            @Description("What to call it") @Nullable String label) {}

    record Deletion(@Description("Which file") String filename) {}

    record Confirmation(
            @Description("Delete the file for good") boolean confirm) {}

    static List<Tool> all() {
        return List.of(
                Tool.named("greet")
                        .description("Greets.")
                        .input(Greeting.class)
                        .handler((arguments, call) -> ToolResult.text("Hello, " + arguments.name() + "!")),
                Tool.named("slow_compute")
                        .description("Takes its time.")
                        .input(Slow.class)
                        .asTask(TaskSupport.OPTIONAL)
                        .handler((arguments, call) -> {
                            wait(arguments.seconds());
                            return ToolResult.text("Done: " + arguments.label());
                        }),
                Tool.named("failing_job")
                        .description("Fails at its work.")
                        .asTask(TaskSupport.REQUIRED)
                        .handler((arguments, call) -> ToolResult.error("The job failed.")),
                Tool.named("protocol_error_job")
                        .description("Ends with a protocol error.")
                        .asTask(TaskSupport.OPTIONAL)
                        .handler((arguments, call) -> {
                            throw new McpException(McpException.INTERNAL_ERROR, "The job broke.");
                        }),
                Tool.named("confirm_delete")
                        .description("Asks before it deletes.")
                        .input(Deletion.class)
                        .asTask(TaskSupport.OPTIONAL)
                        .handler((arguments, call) -> {
                            var question = "Delete " + arguments.filename() + "?";
                            var answer = call.elicit("confirm", question, Confirmation.class);
                            return ToolResult.text((answer.confirm() ? "Deleted " : "Kept ") + arguments.filename());
                        }),
                Tool.named("multi_input")
                        .description("Asks two things at once.")
                        .asTask(TaskSupport.OPTIONAL)
                        .handler((arguments, call) -> ToolResult.text("Answered: "
                                + call.request(Map.of("first", AskingTools.name(), "second", nickname()))
                                        .size())),
                Tool.named("test_tool_with_task")
                        .description("Asks, then goes on as a task.")
                        .asTaskOnDemand(TaskSupport.REQUIRED)
                        .handler((arguments, call) -> {
                            var name = call.request("user_name", AskingTools.name())
                                    .content()
                                    .text("name");
                            call.startTask();
                            return ToolResult.text("Hello, " + name + "!");
                        }));
    }

    private static ClientRequest nickname() {
        return ClientRequest.form(
                "What do your friends call you?",
                AskingTools.form(Json.object().put("name", AskingTools.string()), "name"));
    }

    /** Waits for something that does not come, as a query would. */
    private static void wait(double seconds) throws InterruptedException {
        boolean came = new CountDownLatch(1).await((long) (seconds * 1000), TimeUnit.MILLISECONDS);
        if (came) {
            throw new IllegalStateException("nobody counts down");
        }
    }
}
