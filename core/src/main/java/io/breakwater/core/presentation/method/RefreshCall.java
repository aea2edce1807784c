package io.breakwater.core.presentation.method;

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
 * Work on behalf of a caller who has his answer already: same principal, own deadline, and nobody there to hear of
 * progress or to answer a question. Thread-safe.
 */
final class RefreshCall implements Call, CallContext, AutoCloseable {
    private final ActiveCall behalf;
    private final ServerExecutors lanes;
    private final long deadline;
    private final Duration time;
    private final List<Runnable> onCancel = new ArrayList<>(); // guarded by this
    private ServerExecutors.@Nullable Scheduled alarm;
    private boolean cancelled; // guarded by this

    RefreshCall(ActiveCall behalf, Duration time, ServerExecutors lanes) {
        this.behalf = behalf;
        this.lanes = lanes;
        this.time = time;
        this.deadline = lanes.nanoTime() + time.toNanos();
    }

    /** Cancels itself when its time is over. */
    void begin(Runnable stop) {
        onCancel(stop);
        alarm = lanes.schedule(time, this::cancel);
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
        if (alarm != null) {
            alarm.cancel();
        }
    }

    // ---- what the handler sees -------------------------------------------------------------------------------------

    @Override
    public String method() {
        return behalf.method();
    }

    @Override
    public String target() {
        return behalf.target();
    }

    @Override
    public String requestId() {
        return "refresh-" + behalf.requestId();
    }

    @Override
    public Principal principal() {
        return behalf.principal();
    }

    @Override
    public String protocolVersion() {
        return behalf.protocolVersion();
    }

    @Override
    public ExecutionMode executionMode() {
        var tool = behalf.tool();
        return tool == null ? ExecutionMode.VIRTUAL : tool.executionMode();
    }

    @Override
    public @Nullable ToolDefinition tool() {
        return behalf.tool();
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
    public boolean hasCapability(ClientCapability ability) {
        return false;
    }

    @Override
    public CallContext context() {
        return this;
    }

    @Override
    public @Nullable String traceParent() {
        return behalf.traceParent();
    }

    @Override
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, deadline - lanes.nanoTime()));
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
    public Map<String, ClientResponse> request(Map<String, ClientRequest> questions) {
        throw new ToolException(ErrorCode.CANCELLED, "A result is made anew in the background; nobody can be asked.");
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
