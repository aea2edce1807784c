package io.breakwater.core.presentation.call;

import io.breakwater.core.presentation.json.Message;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.core.presentation.json.RequestId;
import io.breakwater.port.AccessDecision;
import io.breakwater.port.CallContext;
import io.breakwater.port.CallerToken;
import io.breakwater.port.IdempotentWrite;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.MemoryLease;
import io.breakwater.server.interceptor.HandlerState;
import io.breakwater.server.interceptor.InterceptedCall;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.ToolDefinition;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The properties of a call: its request, progress, memory and deadline. {@link ActiveCall} runs it. */
abstract class CallState implements InterceptedCall, CallContext {
    /** The components that all calls share. */
    protected final CallRuntime runtime;

    /** The memory of the message. */
    final MemoryLease memory;

    private final Message.Request request;
    private final Authenticated sender;
    private final Principal principal;
    private final PreparedMethod prepared;
    private final HeaderFields headerFields;
    private final String remoteAddress;
    private final long number;
    private final long started;
    private volatile long deadline; // written under this
    private long pausedAt; // guarded by this
    private long reserved; // guarded by this
    private double lastProgress = Double.NEGATIVE_INFINITY; // guarded by this
    private @Nullable Set<String> requestKeys; // guarded by this
    private @Nullable Set<String> effectKeys; // guarded by this
    private volatile @Nullable String failureReason;
    private volatile AccessDecision access;
    private volatile HandlerState handlerState = HandlerState.NOT_STARTED;
    private volatile @Nullable IdempotentWrite idempotentWrite;
    private volatile @Nullable Object confirmed;
    private volatile boolean hasEffect;
    private volatile boolean lackedMemory; // written under this

    CallState(
            CallRuntime runtime,
            Message.Request request,
            IncomingMessage inbound,
            Principal principal,
            PreparedMethod prepared) {
        this.runtime = runtime;
        this.request = request;
        this.sender = inbound.sender();
        this.principal = principal;
        this.headerFields = inbound.fields();
        this.remoteAddress = inbound.peer().address();
        this.memory = inbound.memory();
        this.number = runtime.ids().next();
        this.started = runtime.executors().nanoTime();
        this.prepared = prepared;
        this.access = prepared.access();
        this.deadline = started + timeoutOf(prepared.tool()).toNanos();
    }

    private Duration timeoutOf(@Nullable ToolDefinition tool) {
        var own = tool == null ? null : tool.timeout();
        return own == null ? runtime.limits().deadline() : own;
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

    /** Returns true if the credential of the request was revoked since, or its rights have changed. Never blocks. */
    public final boolean isCredentialRevoked() {
        return sender.isRevoked();
    }

    @Override
    public final Json.Obj meta() {
        return request.params().object("_meta");
    }

    @Override
    public final Json.Obj arguments() {
        return request.params().object("arguments");
    }

    @Override
    public final @Nullable String traceParent() {
        var meta = request.params().member("_meta");
        return meta == null ? null : meta.text("traceparent");
    }

    @Override
    public final AccessDecision accessDecision() {
        return access;
    }

    /** Sets the decision about a target that the handler has to look up, such as the tool of a task. */
    public final void setAccessDecision(AccessDecision decision) {
        access = decision;
    }

    @Override
    public final @Nullable IdempotentWrite idempotentWrite() {
        return idempotentWrite;
    }

    /** Sets the write that the handler makes under the caller's idempotency key. */
    public final void setIdempotentWrite(IdempotentWrite write) {
        idempotentWrite = write;
    }

    @Override
    public final <T> Optional<T> confirmed(Class<T> type) {
        return Optional.ofNullable(confirmed).filter(type::isInstance).map(type::cast);
    }

    /** Sets the data to which the user has agreed; null if the confirmation names none. */
    public final void setConfirmed(@Nullable Object subject) {
        confirmed = subject;
    }

    @Override
    public final HeaderFields headerFields() {
        return headerFields;
    }

    @Override
    public final @Nullable CallerToken callerToken() {
        return BearerTokens.of(principal, headerFields);
    }

    @Override
    public final String remoteAddress() {
        return remoteAddress;
    }

    @Override
    public final CallContext context() {
        return this;
    }

    /** Declared again, since both {@link Call} and {@link CallContext} have it. */
    @Override
    public abstract boolean cancelled();

    @Override
    public final String target() {
        return prepared.target();
    }

    @Override
    public final @Nullable ToolDefinition tool() {
        return prepared.tool();
    }

    @Override
    public final List<String> calledTools() {
        return prepared.calledTools();
    }

    @Override
    public final boolean isDryRun() {
        return prepared.isDryRun();
    }

    // ---- progress and outcome ---------------------------------------------------------------------------------------

    /**
     * Checks that the handler uses these keys for the first time. A response is stored under its key, so a second
     * request with the same key would receive the response to the first one.
     */
    protected final synchronized void requireNewRequestKeys(Set<String> keys) {
        var used = requestKeys == null ? new HashSet<String>() : requestKeys;
        requestKeys = used;
        keys.forEach(key -> requireNew(used, key, "requests to the client"));
    }

    /** Checks that the handler uses this key for the first time, because its effect would not run again. */
    protected final synchronized void requireNewEffectKey(String key) {
        var used = effectKeys == null ? new HashSet<String>() : effectKeys;
        effectKeys = used;
        requireNew(used, key, "effects of runOnce");
    }

    /** Runs an effect of {@code runOnce}. */
    protected final Json runEffect(Supplier<Json> effect) {
        var result = effect.get();
        hasEffect = true;
        var write = idempotentWrite;
        if (write != null && !write.isStarted()) {
            throw new IllegalStateException(
                    "The tool " + target() + " is declared with EXACTLY_ONCE, but an effect of its"
                            + " runOnce(...) passed no store the context of the call, so a repeated call would have this effect"
                            + " again. Declare the tool with AT_MOST_ONCE.");
        }
        return result;
    }

    /** Returns true if the handler has run an effect with {@code runOnce}, in this round of the call or an earlier one. */
    public boolean hasEffect() {
        return hasEffect;
    }

    private void requireNew(Set<String> used, String key, String what) {
        if (!used.add(key)) {
            throw new IllegalStateException("The handler of " + method() + " " + target() + " uses the key \"" + key
                    + "\" for two " + what + ". Give each a key of its own, for example \"" + key + ":\" + name.");
        }
    }

    /** Records progress; false when the value has not increased, since MCP allows only increasing progress. */
    protected final synchronized boolean recordProgress(double done) {
        boolean advanced = Double.isFinite(done) && done > lastProgress;
        lastProgress = advanced ? done : lastProgress;
        return advanced;
    }

    /** Returns the maximum size of the response with a result, in bytes. */
    public final int maxResultBytes() {
        return runtime.limits().maxResultBytes();
    }

    /** Returns the name of a setting for a logged message. */
    final String nameOfSetting(String component) {
        return runtime.settingNames().nameOf(component);
    }

    /** Sets the reason for the request log. */
    final void setFailureReason(String reason) {
        failureReason = reason;
    }

    @Override
    public final HandlerState handlerState() {
        return handlerState;
    }

    /** Records that the handler of the target starts now. */
    public final void handlerStarts() {
        handlerState = HandlerState.STARTED;
    }

    /** Records that the handler of the target has returned a result. */
    public final void handlerReturned() {
        handlerState = HandlerState.RETURNED;
    }

    @Override
    public final @Nullable String failureReason() {
        return failureReason;
    }

    /** Returns the memory of the message, which the calls that this call makes share. */
    public final MemoryLease memory() {
        return memory;
    }

    // ---- memory -----------------------------------------------------------------------------------------------------

    @Override
    public final synchronized Reservation reserve(long bytes) {
        if (!memory.tryGrow(bytes)) {
            return memory.fitsAnEmptyShare(bytes) ? noneNow() : Reservation.NEVER;
        }
        reserved += bytes;
        return Reservation.RESERVED;
    }

    /** Counts the call among the messages that were refused for lack of memory, so that the health report has it. */
    private Reservation noneNow() {
        if (!lackedMemory) {
            lackedMemory = true;
            memory.countRefusal();
        }
        return Reservation.NONE_NOW;
    }

    @Override
    public final boolean lackedMemory() {
        return lackedMemory;
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
    public final Duration timeout() {
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
