package io.breakwater.bootstrap.soak;

import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.schema.Description;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Tools whose answers can be told apart, in the sizes and the times that a client asks for. */
final class SoakTools {
    private static final Duration BEAT = Duration.ofMillis(5);

    private SoakTools() {}

    record Echo(@Description("What to say back") String message) {}

    record Slowly(
            @Description("What to say back") String message,
            @Description("How long that takes") int millis) {}

    record Steps(
            @Description("What to say back") String message,

            @Description("How many times to report progress")
            int count,

            @Description("How many bytes each report has") int bytes) {}

    record Many(@Description("How long the answer is") int bytes) {}

    static List<Tool> all() {
        return List.of(
                echo("echo", ExecutionMode.INLINE),
                echo("echo_vt", ExecutionMode.VIRTUAL),
                Tool.named("wait")
                        .description("Says the message back after a while.")
                        .input(Slowly.class)
                        .handler(SoakTools::slowly),
                Tool.named("steps")
                        .description("Reports progress, then says the message back.")
                        .input(Steps.class)
                        .handler(SoakTools::steps),
                Tool.named("flood")
                        .description("Says a lot.")
                        .input(Many.class)
                        .handler((arguments, call) -> ToolResult.text("x".repeat(arguments.bytes()))));
    }

    private static Tool echo(String name, ExecutionMode mode) {
        return Tool.named(name)
                .description("Says the message back.")
                .input(Echo.class)
                .executionMode(mode)
                .handler((arguments, call) -> ToolResult.text(arguments.message()));
    }

    private static ToolResult slowly(Slowly arguments, Call call) {
        long until = System.nanoTime() + Duration.ofMillis(arguments.millis()).toNanos();
        while (System.nanoTime() < until && !call.cancelled()) {
            LockSupport.parkNanos(Math.min(BEAT.toNanos(), until - System.nanoTime()));
        }
        return ToolResult.text(arguments.message());
    }

    private static ToolResult steps(Steps arguments, Call call) {
        var text = "x".repeat(arguments.bytes());
        for (int done = 1; done <= arguments.count() && !call.cancelled(); done++) {
            call.progress(done, (double) arguments.count(), text);
        }
        return ToolResult.text(arguments.message());
    }
}
