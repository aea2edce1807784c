package io.breakwater.bootstrap.conformance;

import io.breakwater.core.presentation.catalog.ClientRequest;
import io.breakwater.core.presentation.catalog.McpException;
import io.breakwater.core.presentation.catalog.TaskSupport;
import io.breakwater.core.presentation.catalog.Tool;
import io.breakwater.core.presentation.catalog.ToolResult;
import io.breakwater.core.presentation.catalog.schema.Description;
import io.breakwater.port.Json;
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
                        .describedAs("Greets.")
                        .takes(Greeting.class)
                        .handledBy((arguments, call) -> ToolResult.text("Hello, " + arguments.name() + "!")),
                Tool.named("slow_compute")
                        .describedAs("Takes its time.")
                        .takes(Slow.class)
                        .asTask(TaskSupport.OPTIONAL)
                        .handledBy((arguments, call) -> {
                            wait(arguments.seconds());
                            return ToolResult.text("Done: " + arguments.label());
                        }),
                Tool.named("failing_job")
                        .describedAs("Fails at its work.")
                        .asTask(TaskSupport.REQUIRED)
                        .handledBy((arguments, call) -> ToolResult.error("The job failed.")),
                Tool.named("protocol_error_job")
                        .describedAs("Ends with a protocol error.")
                        .asTask(TaskSupport.OPTIONAL)
                        .handledBy((arguments, call) -> {
                            throw new McpException(McpException.INTERNAL_ERROR, "The job broke.");
                        }),
                Tool.named("confirm_delete")
                        .describedAs("Asks before it deletes.")
                        .takes(Deletion.class)
                        .asTask(TaskSupport.OPTIONAL)
                        .handledBy((arguments, call) -> {
                            var question = "Delete " + arguments.filename() + "?";
                            var answer = call.elicit("confirm", question, Confirmation.class);
                            return ToolResult.text((answer.confirm() ? "Deleted " : "Kept ") + arguments.filename());
                        }),
                Tool.named("multi_input")
                        .describedAs("Asks two things at once.")
                        .asTask(TaskSupport.OPTIONAL)
                        .handledBy((arguments, call) -> ToolResult.text("Answered: "
                                + call.ask(Map.of("first", AskingTools.name(), "second", nickname()))
                                        .size())),
                Tool.named("test_tool_with_task")
                        .describedAs("Asks, then goes on as a task.")
                        .asTaskOnDemand(TaskSupport.REQUIRED)
                        .handledBy((arguments, call) -> {
                            var name = call.ask("user_name", AskingTools.name())
                                    .entries()
                                    .text("name");
                            call.becomeTask();
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
