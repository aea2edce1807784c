package io.breakwater.core.presentation.call;

import static java.util.Objects.requireNonNull;

import io.breakwater.core.business.session.Consent;
import io.breakwater.core.presentation.json.Message;
import io.breakwater.port.Principal;
import io.breakwater.port.Span;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.interceptor.Decision;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.interceptor.Refusal;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.McpException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request, which passes the interceptors, runs its {@link MethodHandler} and ends with one outcome.
 *
 * <p>An index into the chain of interceptors records how far the call has come. The decision {@code SwitchExecutor}, or
 * the execution mode of the handler, moves the call to another thread, where the same method continues. After the
 * decision {@code Defer}, no thread has the call until the {@link DeferredDecision} is known. The first of
 * three events settles the call: the outcome of the handler, a timeout from the {@link DeadlineMonitor}, or a
 * cancellation by the client. Later outcomes do not count. The handler may run on for a moment after the call is
 * settled; {@link #onStop} runs an action when it has stopped.
 */
@OutageBehavior(
        guard = "execution modes",
        dependency = GuardDependency.THREADS,
        failure = "without a place in the CPU pool",
        effect = OutageEffect.DENY,
        behavior = "The call is refused with `OVERLOADED`.",
        recovery = "Calls are admitted when the pool has room.",
        signal = "`mcp_errors_total{error_type=\"overloaded\"}`; health cause `cpu`",
        details = "overload.md#cpu-and-downstream-systems")
public abstract class ActiveCall extends CallState {
    private static final Outcome CANCELLED = new Outcome.Cancelled();

    private final MethodHandler handler;
    private final CallWork work = new CallWork();
    private volatile boolean monitored;
    private volatile boolean shared; // other threads may end the call
    private volatile boolean settled; // written under this
    private volatile ExecutionMode mode = ExecutionMode.INLINE;
    private int step; // the number of interceptors that let it proceed; guarded by this once it is shared
    private @Nullable Supplier<Decision> deferred; // the decision of the interceptor at this step, once it is known
    private boolean triedFast;
    private volatile boolean userAsked;
    private volatile CallTrace trace = CallTrace.NONE;

    /** Creates a call for a validated request. */
    protected ActiveCall(
            CallRuntime runtime,
            Message.Request request,
            IncomingMessage inbound,
            Principal principal,
            PreparedMethod prepared) {
        super(runtime, request, inbound, principal, prepared);
        this.handler = prepared.handler();
    }

    /** Sends the outcome to the client. Called once. */
    protected abstract void respond(Outcome outcome);

    /** Receives an outcome that arrives after the call was settled, for example the outcome of a task. */
    protected void onLateOutcome(Outcome outcome) {}

    /** Returns whether the call may send requests to its client; the items of a batch may not. */
    public boolean mayRequest() {
        return true;
    }

    /** Returns the consent that an earlier round of this call has stored; null if there is none. */
    public @Nullable Consent consent() {
        return null;
    }

    /** Stores a consent for a later round of this call, if the era has rounds. It travels sealed with client requests. */
    public void storeConsent(Consent consent) {}

    /** Returns the id of the idempotency claim that an earlier round of this call holds; null if there is none. */
    public @Nullable String claim() {
        return null;
    }

    /** Stores the id of the idempotency claim for a later round of this call, if the era has rounds. */
    public void storeClaim(String id) {}

    /** Opens an event stream, if the transport has one, when the call takes long. */
    protected abstract void openStream();

    /** Runs an action that may send messages, on the timer thread; overridden where sending may block. */
    protected void runOnTimer(Runnable action) {
        action.run();
    }

    /** Allows other threads to end the call from now on, even before it starts. */
    public final void share() {
        shared = true;
    }

    /** Runs the call; returns when it has ended or has moved to another thread. */
    public final void start() {
        work.start();
        trace = CallTrace.start(this);
        advance();
    }

    // ---- before -----------------------------------------------------------------------------------------------------

    private void advance() {
        boolean finished = true;
        try {
            var outcome = runInterceptors();
            if (outcome == null) {
                finished = false;
            } else {
                settle(outcome);
            }
        } catch (Throwable thrown) { // the client gets a response for every kind of failure
            settle(applyFallback(runtime.outcomeMapping().of(this, thrown)));
        }
        if (finished) {
            runStopActions();
        }
    }

    /** Returns the outcome, or null when the call continues on another thread. */
    private @Nullable Outcome runInterceptors() throws Exception {
        var chain = runtime.chain();
        while ((!settled || deferred != null) && step < chain.size()) {
            var interceptor = chain.get(step);
            var decision = decision(interceptor);
            if (!(decision instanceof Decision.Proceed)) {
                return decide(interceptor, decision);
            }
            if (!advanceStep()) {
                after(interceptor, CANCELLED);
            }
        }
        if (settled) {
            return CANCELLED; // the call has ended, so its handler does not start
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

    private Decision decision(Interceptor interceptor) {
        var known = deferred;
        deferred = null;
        return known == null ? requireResult(interceptor, interceptor.before(this), "before") : known.get();
    }

    static <T> T requireResult(Interceptor interceptor, @Nullable T result, String method) {
        return requireNonNull(
                result,
                () -> "Interceptor " + interceptor.getClass().getName() + " returned null from " + method + "(...).");
    }

    /** Counts an interceptor that let the call proceed; false when the call was settled before. */
    private boolean advanceStep() {
        if (!shared) {
            step++; // no other thread has this call yet
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
        while (handler.executionMode() == mode
                || (mode == ExecutionMode.VIRTUAL && handler.executionMode() == ExecutionMode.INLINE)) {
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

    private @Nullable Outcome decide(Interceptor interceptor, Decision decision) {
        return switch (decision) {
            case Decision.Proceed ignored -> throw new IllegalStateException("Proceed does not end a call");
            case Decision.Respond(Outcome outcome) -> outcome;
            case Refusal refusal -> refusal;
            case Decision.SwitchExecutor(ExecutionMode other) -> switchExecutor(other);
            case Decision.Defer(var later) -> {
                if (!monitored) {
                    monitor();
                }
                mode = ExecutionMode.VIRTUAL;
                new DeferredDecision(this, interceptor).await(later);
                yield null;
            }
        };
    }

    /** Continues with a decision that was deferred, on a virtual thread. */
    final void resumeWith(Supplier<Decision> decision) {
        deferred = decision; // the executor publishes it
        runtime.executors().virtualThreads().execute(this::resume);
    }

    /** Ends a call that cannot continue with its deferred decision. */
    final void endWith(RejectedExecutionException closed) {
        deferred = null;
        settle(applyFallback(runtime.outcomeMapping().of(this, closed)));
        runStopActions();
    }

    /** Tells an interceptor that it let a call through that had ended. */
    final void undo(Interceptor interceptor) {
        after(interceptor, CANCELLED);
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
        if (settled) { // another thread may have ended it before it was monitored
            runtime.deadlineMonitor().remove(this);
        }
    }

    private void resume() {
        work.enter();
        try {
            advance();
        } finally {
            work.leave();
        }
    }

    // ---- outcome ----------------------------------------------------------------------------------------------------

    /**
     * Ends the call with the outcome of its handler, or passes it to {@link #onLateOutcome} when the call has ended
     * already.
     */
    protected final void settle(Outcome outcome) {
        if (!end(outcome)) {
            onLateOutcome(outcome);
            trace.end(outcome.status()); // the call continued as a task; otherwise the trace has ended
        }
    }

    /** Ends the call with this outcome; false when the call has ended already. */
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
        var sent = runAfter(outcome, passed);
        respondOrFail(sent);
        if (!(sent instanceof Outcome.Task)) {
            trace.end(sent.status());
        }
        return true;
    }

    private Outcome runAfter(Outcome outcome, int passed) {
        var result = outcome;
        for (int i = passed - 1; i >= 0; i--) {
            result = after(runtime.chain().get(i), result);
        }
        return result;
    }

    /** Sends the outcome; if it cannot be serialized, sends the error instead. */
    private void respondOrFail(Outcome outcome) {
        try {
            respond(outcome);
        } catch (RuntimeException fault) {
            respond(runtime.outcomeMapping().of(this, fault));
        }
    }

    private Outcome after(Interceptor interceptor, Outcome outcome) {
        try {
            return requireResult(interceptor, interceptor.after(this, outcome), "after");
        } catch (RuntimeException fault) {
            return runtime.outcomeMapping().of(this, fault);
        }
    }

    private void runStopActions() {
        var actions = work.stop();
        releaseMemory();
        actions.forEach(Runnable::run);
    }

    @Override
    public final void onStop(Runnable action) {
        requireNonNull(action, "onStop(...) does not accept null.");
        work.onStop(action);
    }

    /** Counts the memory of the message until no thread works for this call any more. */
    public final void retainMemory() {
        if (monitored) { // otherwise the call has ended on the thread of the transport
            memory.retain();
            onStop(memory::release);
        }
    }

    @Override
    public final Span span(String name) {
        return trace.open(name);
    }

    /** True once the call has its outcome. */
    public final boolean settled() {
        return settled;
    }

    /** Cancels the call, because the client does not want the response any more. */
    public final void abandon() {
        if (end(new Outcome.Cancelled())) {
            stopWork();
        }
    }

    /** Checks the deadline and the time after which a stream opens. The deadline monitor calls this in each sweep. */
    void tick(long now) {
        if (isExpired(now)) {
            runOnTimer(this::expire);
        } else if (elapsedNanos(now) >= runtime.limits().streamAfter().toNanos() && !settled()) {
            openStream();
        }
    }

    private static String text(Duration time) {
        return time.toMillis() % 1_000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    private void expire() {
        var message = "The call took longer than " + text(timeout()) + " and was stopped.";
        var outcome = tool() == null
                ? new Outcome.Failed(new McpException(McpException.INTERNAL_ERROR, message))
                : OutcomeMapping.tool(this, ErrorCode.TIMEOUT, message, null);
        if (end(applyFallback(outcome))) {
            stopWork();
        }
    }

    /** Cancels the handler: sets the flag, runs the cancel actions and interrupts its thread. */
    public final void stopWork() {
        work.cancel();
    }

    /**
     * Waits for user input. The deadline is paused, because the wait has its own limit, and interceptors release what
     * they hold for the call.
     *
     * @throws io.breakwater.server.mcp.ToolException when too many calls of this principal wait for
     *     input already
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

    /** True when the outcome may depend on user input, in this round or an earlier one. */
    public final boolean hasUserInput() {
        return userAsked || params().has("requestState") || params().has("inputResponses");
    }

    private List<Interceptor> interceptorsPassed() {
        return runtime.chain().subList(0, step);
    }

    @Override
    public final ExecutionMode executionMode() {
        return mode;
    }

    @Override
    public final boolean cancelled() {
        return work.cancelled();
    }

    @Override
    public final void onCancel(Runnable action) {
        work.onCancel(action);
    }
}
