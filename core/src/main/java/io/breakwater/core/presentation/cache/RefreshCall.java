package io.breakwater.core.presentation.cache;

import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.ClientCapability;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.ClientResponse;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.LogLevel;
import io.breakwater.server.mcp.ToolDefinition;
import io.breakwater.server.mcp.ToolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The call of a background refresh. It has the principal of the call that found the stale result, and its own deadline.
 * It drops progress and log messages, and refuses client requests, because its caller has a response already.
 * Thread-safe.
 */
final class RefreshCall implements Call, CallContext, AutoCloseable {
    private final ActiveCall origin;
    private final ServerExecutors executors;
    private final long deadline;
    private final Duration time;
    private final List<Runnable> onCancel = new ArrayList<>(); // guarded by this
    private ServerExecutors.@Nullable Scheduled timer;
    private boolean cancelled; // guarded by this

    RefreshCall(ActiveCall origin, Duration time, ServerExecutors executors) {
        this.origin = origin;
        this.executors = executors;
        this.time = time;
        this.deadline = executors.nanoTime() + time.toNanos();
    }

    /** Starts the timeout, which cancels this call and runs the action. */
    void startTimeout(Runnable stop) {
        onCancel(stop);
        timer = executors.schedule(time, this::cancel);
    }

    private void cancel() {
        List<Runnable> actions;
        synchronized (this) {
            cancelled = true;
            actions = List.copyOf(onCancel);
        }
        actions.forEach(Runnable::run);
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.cancel();
        }
    }

    // ---- seen by the handler ----------------------------------------------------------------------------------------

    @Override
    public String method() {
        return origin.method();
    }

    @Override
    public String target() {
        return origin.target();
    }

    @Override
    public String requestId() {
        return "refresh-" + origin.requestId();
    }

    @Override
    public Principal principal() {
        return origin.principal();
    }

    @Override
    public String remoteAddress() {
        return origin.remoteAddress();
    }

    @Override
    public String protocolVersion() {
        return origin.protocolVersion();
    }

    @Override
    public ExecutionMode executionMode() {
        var tool = origin.tool();
        return tool == null ? ExecutionMode.VIRTUAL : tool.executionMode();
    }

    @Override
    public @Nullable ToolDefinition tool() {
        return origin.tool();
    }

    @Override
    public Json.Obj meta() {
        return Json.Obj.EMPTY;
    }

    @Override
    public Json.Obj clientInfo() {
        return Json.Obj.EMPTY;
    }

    @Override
    public Json.Obj clientCapabilities() {
        return Json.Obj.EMPTY;
    }

    @Override
    public boolean hasCapability(ClientCapability capability) {
        return false;
    }

    @Override
    public CallContext context() {
        return this;
    }

    @Override
    public @Nullable String traceParent() {
        return origin.traceParent();
    }

    @Override
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, deadline - executors.nanoTime()));
    }

    @Override
    public synchronized boolean cancelled() {
        return cancelled;
    }

    @Override
    public void onCancel(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                onCancel.add(action);
                return;
            }
        }
        action.run();
    }

    @Override
    public void progress(double done, @Nullable Double total, @Nullable String message) {}

    @Override
    public void log(LogLevel level, @Nullable String logger, Json data) {}

    @Override
    public Map<String, ClientResponse> request(Map<String, ClientRequest> requests) {
        throw new ToolException(
                ErrorCode.CANCELLED,
                "This call refreshes a cached result in the background; no client can respond to its requests.");
    }

    @Override
    public Json runOnce(String key, Supplier<Json> effect) {
        return effect.get();
    }

    @Override
    public void startTask() {}

    @Override
    public void closeStream(Duration retryAfter) {}
}
