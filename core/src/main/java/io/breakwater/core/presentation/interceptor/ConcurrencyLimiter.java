package io.breakwater.core.presentation.interceptor;

import io.breakwater.core.business.concurrency.Admission;
import io.breakwater.core.business.concurrency.Caller;
import io.breakwater.core.business.concurrency.CostClass;
import io.breakwater.core.business.concurrency.Permit;
import io.breakwater.core.business.concurrency.PermitPool;
import io.breakwater.core.business.concurrency.PermitScope;
import io.breakwater.core.business.concurrency.Rejection;
import io.breakwater.core.business.concurrency.WaitingCall;
import io.breakwater.port.MetricSink;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.interceptor.CallStatus;
import io.breakwater.server.interceptor.Decision;
import io.breakwater.server.interceptor.InterceptedCall;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.mcp.ToolDefinition;
import io.breakwater.server.settings.ConcurrencySettings;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

/**
 * Limits the number of calls that run at the same time, with the permits of a {@link PermitPool}: in total, for each cost
 * class and for each principal. A call that finds no permit waits for a short time, without a thread, and is then refused
 * with {@code OVERLOADED}.
 *
 * <p>A call releases its permit when its work has stopped, not when its response is sent, because a call that timed out
 * still uses resources. Messages that continue or end a task need no permit: if a full server refused them, it would stay
 * full. A call that waits for a user holds no permit.
 *
 * <p>The latency of a cost class is that of calls whose handler ran elsewhere than on an event loop, and returned a result
 * or was too slow. Cached results, refused arguments and failures say nothing about the time that the work takes.
 *
 * <p>A batch holds a permit like other calls, and its items need permits of their cost classes only: {@link #forItems}.
 *
 * <p>The limiter depends on nothing outside the process. If it fails itself, the call fails with an internal error.
 */
@OutageBehavior(
        guard = "concurrency limit",
        dependency = GuardDependency.THREADS,
        failure = "at the limit of calls",
        effect = OutageEffect.DENY,
        behavior =
                "A call waits for a short time in the queue of its cost class, and is then refused with `OVERLOADED` "
                        + "(503) and `Retry-After`.",
        recovery = "Calls are admitted when others end.",
        signal = "`mcp_overload_rejected_total`",
        details = "overload.md#what-happens-to-a-call")
public final class ConcurrencyLimiter implements Interceptor {
    private static final Set<String> UNLIMITED_METHODS = Set.of("tasks/update", "tasks/cancel");
    private static final Duration SWEEP = Duration.ofMillis(25);

    private final PermitPool pool;
    private final CostClasses classes;
    private final OverloadMetrics metrics;
    private final ServerExecutors executors;
    private final UnaryOperator<String> network;
    private final Map<InterceptedCall, Permit> permits = new ConcurrentHashMap<>();

    /**
     * Creates a limiter.
     *
     * @param max the maximum number of concurrent calls
     * @param settings how they are divided
     * @param network returns the network of an address, all of whose anonymous callers count as one
     */
    public ConcurrencyLimiter(
            int max,
            ConcurrencySettings settings,
            UnaryOperator<String> network,
            ServerExecutors executors,
            MetricSink sink) {
        this.pool =
                new PermitPool(max, settings, () -> ThreadLocalRandom.current().nextDouble());
        this.metrics = new OverloadMetrics(sink, pool, executors::nanoTime);
        this.classes = new CostClasses(pool, settings.tools(), metrics::bind);
        this.executors = executors;
        this.network = network;
        executors.scheduleRepeatedly(SWEEP, () -> pool.sweep(executors.nanoTime()));
    }

    /** Returns the default limit: 100 calls for each processor. */
    public static int standard() {
        return 100 * Runtime.getRuntime().availableProcessors();
    }

    /** Applies the maximum of a tool, before its first call. */
    public void register(ToolDefinition tool) {
        classes.register(tool);
    }

    @Override
    public Decision before(InterceptedCall call) {
        if (needsNoPermit(call)) {
            return Decision.PROCEED;
        }
        var admission = request(call, PermitScope.CALL);
        return admission instanceof WaitingCall waiting ? defer(call, waiting) : decide(call, admission);
    }

    /** Requests a permit. */
    Admission request(InterceptedCall call, PermitScope scope) {
        return pool.request(costClass(call), caller(call), scope, executors.nanoTime(), () -> remaining(call));
    }

    /** Returns the present limit of a cost class. */
    int limit(CostClass costClass) {
        return pool.limit(costClass, executors.nanoTime());
    }

    CostClass costClass(InterceptedCall call) {
        return classes.of(call.tool());
    }

    private static boolean needsNoPermit(InterceptedCall call) {
        return call.tool() == null && UNLIMITED_METHODS.contains(call.method());
    }

    private Caller caller(InterceptedCall call) {
        var principal = call.principal();
        return principal.isAnonymous()
                ? new Caller(network.apply(call.remoteAddress()), true)
                : new Caller(principal.id(), false);
    }

    private static long remaining(InterceptedCall call) {
        return call.context().remaining().toNanos();
    }

    private Decision defer(InterceptedCall call, WaitingCall waiting) {
        call.context().onCancel(() -> withdraw(waiting));
        return new Decision.Defer(waiting.result().thenApply(admission -> decide(call, admission)));
    }

    /** Withdraws a request; false if it has been decided. */
    boolean withdraw(WaitingCall waiting) {
        return pool.cancel(waiting, executors.nanoTime());
    }

    /** Lets a call with a permit continue, or refuses a rejected one. */
    Decision decide(InterceptedCall call, Admission admission) {
        return switch (admission) {
            case Permit permit -> {
                permits.put(call, permit);
                yield Decision.PROCEED;
            }
            case Rejection rejection -> {
                metrics.count(costClass(call), rejection.reason());
                yield OverloadRefusals.refusal(rejection);
            }
            case WaitingCall waiting -> throw new IllegalStateException("a decided call still waits");
        };
    }

    @Override
    public void onSuspend(InterceptedCall call) {
        var permit = permits.get(call);
        if (permit != null) {
            pool.suspend(permit, executors.nanoTime());
        }
    }

    /**
     * Takes a permit even above the limit, so that an admitted call always continues; new calls wait until enough
     * permits are free.
     */
    @Override
    public void onResume(InterceptedCall call) {
        var permit = permits.get(call);
        if (permit != null) {
            pool.resume(permit);
        }
    }

    @Override
    public Outcome after(InterceptedCall call, Outcome outcome) {
        var permit = permits.get(call);
        if (permit != null) {
            long latency = latency(call, outcome.status(), permit);
            call.onStop(() -> release(call, permit, latency));
        }
        return outcome;
    }

    private void release(InterceptedCall call, Permit permit, long latency) {
        permits.remove(call);
        pool.release(permit, executors.nanoTime(), latency);
    }

    private long latency(InterceptedCall call, CallStatus status, Permit permit) {
        if (isInline(call)) {
            return PermitPool.UNSERVED;
        }
        return switch (call.handlerState()) {
            case NOT_STARTED -> PermitPool.UNSERVED;
            case STARTED -> hasTimedOut(call, status) ? PermitPool.TIMED_OUT : PermitPool.UNSERVED;
            case RETURNED -> status == CallStatus.OK ? executors.nanoTime() - permit.grantedAt() : PermitPool.UNSERVED;
        };
    }

    private static boolean isInline(InterceptedCall call) {
        var tool = call.tool();
        return call.executionMode() == ExecutionMode.INLINE
                || (tool != null && tool.executionMode() == ExecutionMode.INLINE);
    }

    /** Returns whether the time of the handler was too short, even if a stale result has replaced the failure. */
    private static boolean hasTimedOut(InterceptedCall call, CallStatus status) {
        return status == CallStatus.TIMEOUT || call.context().remaining().isZero();
    }

    /**
     * Returns the limiter for the items of one batch. From now on, the time of the batch says nothing about its cost class,
     * since it is that of its items.
     */
    Interceptor forItems(InterceptedCall batch) {
        var permit = permits.get(batch);
        if (permit != null) {
            pool.ignoreLatency(permit);
        }
        return new ItemLimiter(this, costClass(batch));
    }
}
