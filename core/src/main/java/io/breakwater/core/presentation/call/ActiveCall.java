package io.breakwater.core.presentation.call;

import io.breakwater.core.presentation.json.Message;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.MemoryLease;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.interceptor.Decision;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.McpException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the guard to its {@link MethodHandler} and back.
 *
 * <p>The way in is an index into the chain of interceptors. A verdict {@code SwitchExecutor}, or the lane of the work,
 * puts the rest of the way on another thread, and the same method goes on there. The way back begins with whoever
 * settles the call first: the work with its outcome, the {@link DeadlineMonitor} with a timeout, the client with a
 * cancellation. Only the first counts; the work may go on for a moment until it notices, and {@link #whenIdle} tells
 * when it has.
 */
public abstract class ActiveCall extends CallTimer {
    private static final Outcome CANCELLED = new Outcome.Cancelled();

    private final MethodHandler handler;
    private volatile boolean cancelled;
    private volatile boolean monitored;
    private volatile boolean shared; // other threads may end it
    private volatile boolean settled; // written under this
    private volatile ExecutionMode mode = ExecutionMode.INLINE;
    private int step; // how many interceptors let it pass; under this once it is shared
    private boolean triedFast;
    private @Nullable Thread worker; // guarded by this, null on the inline lane
    private double lastProgress = Double.NEGATIVE_INFINITY; // guarded by this
    private List<Runnable> onCancel = List.of(); // guarded by this
    private List<Runnable> whenIdle = List.of(); // guarded by this
    private boolean running; // guarded by this
    private volatile boolean userAsked;
    private volatile @Nullable String reason; // of a failure, for the log of requests

    /** A request that has passed the ladder. */
    protected ActiveCall(
            CallRuntime runtime, Message.Request request, Principal principal, MethodHandler handler, Duration timeout) {
        super(runtime, request, principal, timeout);
        this.handler = handler;
    }

    /** Sends what the client is to be told. Called once. */
    protected abstract void respond(Outcome outcome);

    /** An outcome of a call that has been answered already: of a task, or of work nobody waits for. */
    protected void onLateOutcome(Outcome outcome) {}

    /** The answer takes long: open a stream if that is how this wire shows a sign of life. */
    protected abstract void openStream();

    /** Other threads may end the call from now on, even before it starts. */
    public final void share() {
        shared = true;
    }

    /** Takes the request on its way; returns when it has ended or gone to another lane. */
    public final void start() {
        running = true;
        advance();
    }

    /** Why the call fails, for its line in the log of requests. */
    final void setFailureReason(String reason) {
        this.reason = reason;
    }

    /** Why the call failed, in a sentence that says everything; null when it did not, or another log line tells. */
    public final @Nullable String reason() {
        return reason;
    }

    // ---- the way in ------------------------------------------------------------------------------------------------

    private void advance() {
        boolean finished = true;
        try {
            var outcome = runInterceptors();
            if (outcome == null) {
                finished = false;
            } else {
                settle(outcome);
            }
        } catch (Throwable thrown) { // whatever it is, the client gets an answer
            settle(applyFallback(runtime.outcomeMapping().of(this, thrown)));
        }
        if (finished) {
            runIdleActions();
        }
    }

    /** The outcome, or null when the rest of the way is on another lane. */
    private @Nullable Outcome runInterceptors() throws Exception {
        var chain = runtime.chain();
        while (!settled && step < chain.size()) {
            var interceptor = chain.get(step);
            var decision = interceptor.before(this);
            if (!(decision instanceof Decision.Proceed)) {
                return decide(decision);
            }
            if (!advanceStep()) {
                after(interceptor, CANCELLED);
            }
        }
        if (settled) {
            return CANCELLED; // nobody waits any more: the work is not begun
        }
        if (!triedFast) {
            triedFast = true;
            var outcome = handler.tryFast(this);
            if (outcome != null) {
                return outcome;
            }
        }
        return runHandler();
    }

    /** One more interceptor let the call pass; false when the way back began without that one. */
    private boolean advanceStep() {
        if (!shared) {
            step++; // no other thread knows of this call yet
            return true;
        }
        synchronized (this) {
            if (!settled) {
                step++;
            }
            return !settled;
        }
    }

    private @Nullable Outcome runHandler() throws Exception {
        while (handler.executionMode() == mode || (mode == ExecutionMode.VIRTUAL && handler.executionMode() == ExecutionMode.INLINE)) {
            var outcome = handler.run(this);
            if (outcome != null) {
                return outcome;
            }
        }
        return switchExecutor(handler.executionMode());
    }

    private Outcome applyFallback(Outcome failure) {
        try {
            return handler.fallback(this, failure);
        } catch (RuntimeException fault) {
            return runtime.outcomeMapping().of(this, fault);
        }
    }

    private @Nullable Outcome decide(Decision decision) {
        return switch (decision) {
            case Decision.Proceed ignored -> throw new IllegalStateException("Proceed does not end a call");
            case Decision.Respond(Outcome outcome) -> outcome;
            case Decision.Refuse(var code, var message, var retryAfter) ->
                new Outcome.Refused(code, message, retryAfter);
            case Decision.SwitchExecutor(ExecutionMode other) -> switchExecutor(other);
        };
    }

    private @Nullable Outcome switchExecutor(ExecutionMode other) {
        if (other == mode) {
            throw new IllegalStateException("an interceptor switches to the current execution mode: " + other);
        }
        if (!monitored) {
            monitor();
        }
        var before = mode;
        mode = other;
        try {
            runtime.executors().on(other).execute(this::resume);
        } catch (RuntimeException rejected) {
            mode = before;
            throw rejected;
        }
        return null;
    }

    private void monitor() {
        shared = true;
        monitored = true;
        runtime.deadlineMonitor().add(this);
        if (settled) { // whoever ended it may not have seen that it is watched
            runtime.deadlineMonitor().remove(this);
        }
    }

    private void resume() {
        synchronized (this) {
            worker = Thread.currentThread();
        }
        try {
            advance();
        } finally {
            synchronized (this) {
                worker = null;
                Thread.interrupted(); // a thread of a pool must not take this call's interruption to its next one
            }
        }
    }

    // ---- the way back ----------------------------------------------------------------------------------------------

    /** The work's outcome: the call's, or {@linkplain #onLateOutcome too late}. */
    protected final void settle(Outcome outcome) {
        if (!end(outcome)) {
            onLateOutcome(outcome);
        }
    }

    /** Ends the call with this outcome; false when it had one already. */
    private boolean end(Outcome outcome) {
        int passed;
        synchronized (this) {
            if (settled) {
                return false;
            }
            settled = true;
            passed = step;
        }
        if (monitored) {
            runtime.deadlineMonitor().remove(this);
        }
        respondOrFail(runAfter(outcome, passed));
        return true;
    }

    private Outcome runAfter(Outcome outcome, int passed) {
        var result = outcome;
        for (int i = passed - 1; i >= 0; i--) {
            result = after(runtime.chain().get(i), result);
        }
        return result;
    }

    /** An outcome that cannot be written down must not leave the client without an answer. */
    private void respondOrFail(Outcome outcome) {
        try {
            respond(outcome);
        } catch (RuntimeException fault) {
            respond(runtime.outcomeMapping().of(this, fault));
        }
    }

    private Outcome after(Interceptor interceptor, Outcome outcome) {
        try {
            return interceptor.after(this, outcome);
        } catch (RuntimeException fault) {
            return runtime.outcomeMapping().of(this, fault);
        }
    }

    private void runIdleActions() {
        List<Runnable> actions;
        synchronized (this) {
            running = false;
            actions = whenIdle;
            whenIdle = List.of();
        }
        releaseMemory();
        actions.forEach(Runnable::run);
    }

    /** Runs the action when no thread works for this call any more, which may be after its end: at once if so now. */
    public final void whenIdle(Runnable action) {
        synchronized (this) {
            if (running) {
                whenIdle = append(whenIdle, action);
                return;
            }
        }
        action.run();
    }

    /** Keeps what the message holds of the memory budget until no thread works for this call any more. */
    public final void retainUntilIdle(MemoryLease memory) {
        if (monitored) { // else it has ended on the thread it came on, before the transport let go
            memory.retain();
            whenIdle(memory::release);
        }
    }

    /** True once the call has its outcome. */
    public final boolean settled() {
        return settled;
    }

    /** The client does not want the answer any more. */
    public final void abandon() {
        if (end(new Outcome.Cancelled())) {
            stopWork();
        }
    }

    /** Called by the watch now and then. */
    void tick(long now) {
        if (isExpired(now)) {
            expire();
        } else if (now - startedNanos() >= runtime.limits().streamAfter().toNanos() && !settled()) {
            openStream();
        }
    }

    private void expire() {
        var message = "The call took longer than " + timeout().toSeconds() + " s and was stopped.";
        var outcome = tool() == null
                ? new Outcome.Failed(new McpException(McpException.INTERNAL_ERROR, message))
                : OutcomeMapping.tool(this, ErrorCode.TIMEOUT, message, null);
        if (end(applyFallback(outcome))) {
            stopWork();
        }
    }

    /** Tells the work that nobody waits: flag, actions, interruption. */
    public final void stopWork() {
        List<Runnable> actions;
        synchronized (this) {
            cancelled = true;
            actions = onCancel;
            onCancel = List.of();
            if (worker != null && !worker.equals(Thread.currentThread())) {
                worker.interrupt();
            }
        }
        actions.forEach(Runnable::run);
    }

    /**
     * Waits for a human. The deadline stands still meanwhile, since the wait has a limit of its own, and interceptors
     * give back what others could use.
     *
     * @throws io.breakwater.server.mcp.ToolException when too many calls of this principal wait already
     */
    public final <T> T whileSuspended(Supplier<T> wait) {
        userAsked = true;
        runtime.pendingInputs().acquire(principal());
        pauseDeadline();
        interceptorsPassed().forEach(interceptor -> interceptor.onSuspend(this));
        try {
            return wait.get();
        } finally {
            interceptorsPassed().forEach(interceptor -> interceptor.onResume(this));
            resumeDeadline();
            runtime.pendingInputs().release(principal());
        }
    }

    /** True when the outcome may depend on what a human answered, now or in an earlier round. */
    public final boolean hasUserInput() {
        return userAsked || params().has("requestState") || params().has("inputResponses");
    }

    private List<Interceptor> interceptorsPassed() {
        return runtime.chain().subList(0, step);
    }

    /** True when the work is further than was told before: the client is told of nothing else (MCP, progress). */
    protected final synchronized boolean recordProgress(double done) {
        boolean advanced = Double.isFinite(done) && done > lastProgress;
        lastProgress = advanced ? done : lastProgress;
        return advanced;
    }

    @Override
    public final ExecutionMode executionMode() {
        return mode;
    }

    @Override
    public final boolean cancelled() {
        return cancelled;
    }

    @Override
    public final void onCancel(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                onCancel = append(onCancel, action);
                return;
            }
        }
        action.run();
    }

    private static List<Runnable> append(List<Runnable> actions, Runnable action) {
        if (actions.isEmpty()) {
            return List.of(action); // nearly always the only one
        }
        var all = new ArrayList<>(actions);
        all.add(action);
        return all;
    }
}
