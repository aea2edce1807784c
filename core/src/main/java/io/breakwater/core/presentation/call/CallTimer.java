package io.breakwater.core.presentation.call;

import io.breakwater.core.presentation.json.Message;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.core.presentation.json.RequestId;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.MemoryLease;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.ToolDefinition;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a call is from its beginning to its end, and until when it has to end. {@link ActiveCall} says how it gets
 * there.
 */
abstract class CallTimer implements Call, CallContext {
    /** What all calls share. */
    protected final CallRuntime runtime;

    private final Message.Request request;
    private final Principal principal;
    private final long number;
    private final long started;
    private volatile long deadline; // written under this
    private long pausedAt; // guarded by this
    private @Nullable MemoryLease memory; // guarded by this, null when it is not counted
    private long reserved; // guarded by this

    CallTimer(CallRuntime runtime, Message.Request request, Principal principal, Duration timeout) {
        this.runtime = runtime;
        this.request = request;
        this.principal = principal;
        this.number = runtime.ids().next();
        this.started = runtime.executors().nanoTime();
        this.deadline = started + timeout.toNanos();
    }

    // ---- what it is ------------------------------------------------------------------------------------------------

    /** The JSON-RPC id to answer under. */
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
    public final CallContext context() {
        return this;
    }

    /** Said again, since {@link Call} and {@link CallContext} both have it. */
    @Override
    public abstract boolean cancelled();

    @Override
    public @Nullable ToolDefinition tool() {
        return null;
    }

    // ---- its memory ------------------------------------------------------------------------------------------------

    /** What it reserves is counted there. Called before it starts. */
    public final synchronized void countMemory(MemoryLease lease) {
        memory = lease;
    }

    @Override
    public final synchronized Room reserve(long bytes) {
        if (memory == null) {
            return Room.RESERVED;
        }
        if (!memory.tryGrow(bytes)) {
            return memory.fitsAnEmptyShare(bytes) ? Room.NONE_NOW : Room.NEVER;
        }
        reserved += bytes;
        return Room.RESERVED;
    }

    /** Gives back what it reserved, once no thread works for it; the answer is counted apart. */
    final synchronized void releaseMemory() {
        if (memory != null) {
            memory.shrink(reserved);
            reserved = 0;
        }
    }

    // ---- its time --------------------------------------------------------------------------------------------------

    /** When it arrived, on the clock of {@code ServerExecutors.nanoTime()}. */
    public final long startedNanos() {
        return started;
    }

    @Override
    public final Duration remaining() {
        return Duration.ofNanos(Math.max(0, deadline - runtime.executors().nanoTime()));
    }

    final boolean isExpired(long now) {
        return now - deadline >= 0;
    }

    /** How long it may take, from its arrival on. */
    final Duration timeout() {
        return Duration.ofNanos(deadline - started);
    }

    /** The work may take so long from now on, because nobody waits for an answer. */
    protected final synchronized void restartDeadline(Duration time) {
        deadline = runtime.executors().nanoTime() + time.toNanos();
    }

    /** For as long as a human has to answer, who is waited for from now on. */
    final synchronized void pauseDeadline() {
        pausedAt = runtime.executors().nanoTime();
        deadline += runtime.limits().inputTimeout().toNanos();
    }

    /** Only the time that the human took is added, and not the rest of what they had. */
    final synchronized void resumeDeadline() {
        deadline +=
                runtime.executors().nanoTime() - pausedAt - runtime.limits().inputTimeout().toNanos();
    }
}
