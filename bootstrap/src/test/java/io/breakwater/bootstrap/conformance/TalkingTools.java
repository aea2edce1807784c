package io.breakwater.bootstrap.conformance;

import io.breakwater.core.presentation.catalog.Call;
import io.breakwater.core.presentation.catalog.ClientCapability;
import io.breakwater.core.presentation.catalog.ClientRequest;
import io.breakwater.core.presentation.catalog.LogLevel;
import io.breakwater.core.presentation.catalog.Tool;
import io.breakwater.core.presentation.catalog.ToolResult;
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
                        .describedAs("Reports progress.")
                        .handledBy((arguments, call) -> progress(call)),
                Tool.named("test_tool_with_logging")
                        .describedAs("Logs while it works.")
                        .handledBy((arguments, call) -> logging(call)),
                Tool.named("test_logging_tool").describedAs("Logs once.").handledBy((arguments, call) -> {
                    call.log(LogLevel.INFO, "Logged");
                    return ToolResult.text("Logged if you wanted to hear it.");
                }),
                Tool.named("test_reconnection")
                        .describedAs("Lets the connection go before it answers.")
                        .handledBy((arguments, call) -> {
                            call.releaseConnection(Duration.ofMillis(200));
                            pause();
                            return ToolResult.text("Reconnected.");
                        }),
                Tool.named("test_missing_capability")
                        .describedAs("Needs sampling.")
                        .handledBy((arguments, call) ->
                                ToolResult.text(call.ask("sample", ClientRequest.sample("Say something", 10))
                                        .sampledText())),
                Tool.named("test_streaming_elicitation")
                        .describedAs("Asks as soon as it is called.")
                        .handledBy((arguments, call) -> call.can(ClientCapability.ELICIT_FORM)
                                ? ToolResult.text(call.ask("name", AskingTools.name())
                                        .entries()
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
