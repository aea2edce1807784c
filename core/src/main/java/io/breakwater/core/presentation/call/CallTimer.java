package io.breakwater.core.presentation.call;

import io.breakwater.core.presentation.json.Message;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.core.presentation.json.RequestId;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.MemoryLease;
import io.breakwater.server.interceptor.InterceptedCall;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.ToolDefinition;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The constant properties of a call, its deadline and its memory. {@link ActiveCall} runs it. */
abstract class CallTimer implements InterceptedCall, CallContext {
    /** The components that all calls share. */
    protected final CallRuntime runtime;

    /** The memory of the message. */
    final MemoryLease memory;

    private final Message.Request request;
    private final Principal principal;
    private final HeaderFields headerFields;
    private final long number;
    private final long started;
    private volatile long deadline; // written under this
    private long pausedAt; // guarded by this
    private long reserved; // guarded by this

    CallTimer(
            CallRuntime runtime,
            Message.Request request,
            IncomingMessage inbound,
            Principal principal,
            Duration timeout) {
        this.runtime = runtime;
        this.request = request;
        this.principal = principal;
        this.headerFields = inbound.fields();
        this.memory = inbound.memory();
        this.number = runtime.ids().next();
        this.started = runtime.executors().nanoTime();
        this.deadline = started + timeout.toNanos();
    }

    // ---- request ----------------------------------------------------------------------------------------------------

    /** The JSON-RPC id of the request. */
    public final RequestId id() {
        return request.id();
    }

    /** The request's parameters. */
    public final ParsedJson params() {
        return request.params();
    }

    @Override
    public final String method() {
        return request.method();
    }

    @Override
    public final String requestId() {
        return runtime.ids().text(number);
    }

    @Override
    public final Principal principal() {
        return principal;
    }

    @Override
    public final Json.Obj meta() {
        return request.params().object("_meta");
    }

    @Override
    public final @Nullable String traceParent() {
        return meta().text("traceparent");
    }

    @Override
    public final HeaderFields headerFields() {
        return headerFields;
    }

    @Override
    public final CallContext context() {
        return this;
    }

    /** Declared again, since both {@link Call} and {@link CallContext} have it. */
    @Override
    public abstract boolean cancelled();

    @Override
    public @Nullable ToolDefinition tool() {
        return null;
    }

    // ---- memory -----------------------------------------------------------------------------------------------------

    @Override
    public final synchronized Reservation reserve(long bytes) {
        if (!memory.tryGrow(bytes)) {
            return memory.fitsAnEmptyShare(bytes) ? Reservation.NONE_NOW : Reservation.NEVER;
        }
        reserved += bytes;
        return Reservation.RESERVED;
    }

    /** Releases the reserved memory, once no thread works for the call; the response is counted separately. */
    final synchronized void releaseMemory() {
        if (reserved > 0) {
            memory.shrink(reserved);
            reserved = 0;
        }
    }

    // ---- time -------------------------------------------------------------------------------------------------------

    @Override
    public final Duration elapsed() {
        return Duration.ofNanos(elapsedNanos(runtime.executors().nanoTime()));
    }

    final long elapsedNanos(long now) {
        return now - started;
    }

    @Override
    public final Duration remaining() {
        return Duration.ofNanos(Math.max(0, deadline - runtime.executors().nanoTime()));
    }

    final boolean isExpired(long now) {
        return now - deadline >= 0;
    }

    /** The timeout, counted from the arrival of the request. */
    final Duration timeout() {
        return Duration.ofNanos(deadline - started);
    }

    /** Sets a new timeout that starts now, for a call that became a task. */
    protected final synchronized void restartDeadline(Duration time) {
        deadline = runtime.executors().nanoTime() + time.toNanos();
    }

    /** Extends the deadline by the input timeout while the call waits for user input. */
    final synchronized void pauseDeadline() {
        pausedAt = runtime.executors().nanoTime();
        deadline += runtime.limits().inputTimeout().toNanos();
    }

    /** Reduces the extension to the time that the user took. */
    final synchronized void resumeDeadline() {
        deadline += runtime.executors().nanoTime()
                - pausedAt
                - runtime.limits().inputTimeout().toNanos();
    }
}
