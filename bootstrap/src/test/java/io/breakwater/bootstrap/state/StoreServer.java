package io.breakwater.bootstrap.state;

import io.breakwater.adapter.http.HttpSettings;
import io.breakwater.adapter.http.HttpTransport;
import io.breakwater.core.business.session.CapacityLimiter;
import io.breakwater.core.data.session.LogLimits;
import io.breakwater.core.data.session.MemorySessions;
import io.breakwater.core.data.session.MemoryStreamLog;
import io.breakwater.core.data.session.MemoryTasks;
import io.breakwater.port.contract.StoreWatch;
import io.breakwater.port.contract.WatchedSessions;
import io.breakwater.port.contract.WatchedStreamLog;
import io.breakwater.port.contract.WatchedTasks;
import io.breakwater.server.Breakwater;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.mcp.LogLevel;
import io.breakwater.server.mcp.TaskSupport;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;

/** A server with one event loop, and with stores in which each access takes 50 ms. */
final class StoreServer implements AutoCloseable {
    private static final Duration LATENCY = Duration.ofMillis(50);
    private static final Duration IDLE = Duration.ofMinutes(30);

    final StoreWatch sessions = watch();
    final StoreWatch log = watch();
    final StoreWatch tasks = watch();
    final Breakwater server;
    private final HttpTransport http =
            HttpTransport.with(HttpSettings.defaults().withPort(0).withEventLoops(1));

    /**
     * Starts a server.
     *
     * @param mayBlock what the store of sessions claims; false is a lie
     */
    StoreServer(boolean mayBlock) {
        server = Breakwater.named("stores")
                .sessions(
                        new WatchedSessions(new MemorySessions(capacity(), IDLE, System::nanoTime), sessions, mayBlock))
                .streamLog(new WatchedStreamLog(
                        new MemoryStreamLog(LogLimits.forHeap(1L << 30), System::nanoTime), log, mayBlock))
                .tasks(new WatchedTasks(new MemoryTasks(capacity(), InstantSource.system()), tasks))
                .tool(Tool.named("talk")
                        .description("Logs a line.")
                        .executionMode(ExecutionMode.INLINE)
                        .handler((arguments, call) -> {
                            call.log(LogLevel.INFO, "one");
                            return ToolResult.text("done");
                        }))
                .tool(Tool.named("task")
                        .description("Runs as a task.")
                        .executionMode(ExecutionMode.INLINE)
                        .asTask(TaskSupport.OPTIONAL)
                        .handler((arguments, call) -> ToolResult.text("done")))
                .build();
        server.serve(http);
    }

    private static StoreWatch watch() {
        return new StoreWatch(LATENCY, FastThreadLocalThread.class::isInstance);
    }

    private static CapacityLimiter capacity() {
        return new CapacityLimiter(1_000, 1_000, 1 << 24);
    }

    URI uri() {
        return URI.create(http.address());
    }

    @Override
    public void close() {
        server.close(Duration.ofSeconds(10));
    }
}
