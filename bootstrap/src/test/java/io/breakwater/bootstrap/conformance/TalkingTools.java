package io.breakwater.bootstrap.conformance;

import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.ClientCapability;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.LogLevel;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Tools that say something before they answer. */
final class TalkingTools {
    private static final Duration BEAT = Duration.ofMillis(50);

    private TalkingTools() {}

    static List<Tool> all() {
        return List.of(
                Tool.named("test_tool_with_progress")
                        .description("Reports progress.")
                        .handler((arguments, call) -> progress(call)),
                Tool.named("test_tool_with_logging")
                        .description("Logs while it works.")
                        .handler((arguments, call) -> logging(call)),
                Tool.named("test_logging_tool").description("Logs once.").handler((arguments, call) -> {
                    call.log(LogLevel.INFO, "Logged");
                    return ToolResult.text("Logged if you wanted to hear it.");
                }),
                Tool.named("test_reconnection")
                        .description("Lets the connection go before it answers.")
                        .handler((arguments, call) -> {
                            call.closeStream(Duration.ofMillis(200));
                            pause();
                            return ToolResult.text("Reconnected.");
                        }),
                Tool.named("test_missing_capability")
                        .description("Needs sampling.")
                        .handler((arguments, call) ->
                                ToolResult.text(call.request("sample", ClientRequest.sample("Say something", 10))
                                        .sampledText())),
                Tool.named("test_streaming_elicitation")
                        .description("Asks as soon as it is called.")
                        .handler((arguments, call) -> call.hasCapability(ClientCapability.ELICITATION_FORM)
                                ? ToolResult.text(call.request("name", AskingTools.name())
                                        .content()
                                        .toString())
                                : ToolResult.text("Nobody to ask.")));
    }

    private static ToolResult progress(Call call) {
        for (int done : new int[] {0, 50, 100}) {
            call.progress(done, 100.0, "At " + done);
            pause();
        }
        return ToolResult.text("All the way.");
    }

    private static ToolResult logging(Call call) {
        for (var message : List.of("Tool execution started", "Tool processing data", "Tool execution completed")) {
            call.log(LogLevel.INFO, message);
            pause();
        }
        return ToolResult.text("Logged three times.");
    }

    private static void pause() {
        LockSupport.parkNanos(BEAT.toNanos());
    }
}
