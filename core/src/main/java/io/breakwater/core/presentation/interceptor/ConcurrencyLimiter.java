package io.breakwater.core.presentation.interceptor;

import io.breakwater.core.business.concurrency.Admission;
import io.breakwater.core.business.concurrency.Caller;
import io.breakwater.core.business.concurrency.Permit;
import io.breakwater.core.business.concurrency.PermitPool;
import io.breakwater.core.business.concurrency.Rejection;
import io.breakwater.core.business.concurrency.WaitingCall;
import io.breakwater.port.MetricSink;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.interceptor.CallStatus;
import io.breakwater.server.interceptor.Decision;
import io.breakwater.server.interceptor.InterceptedCall;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.interceptor.Outcome;
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
 * <p>The latency of a cost class is that of calls that ran elsewhere than on an event loop, and that succeeded or timed
 * out. Cached results, refused arguments and failures say nothing about the time that the work takes.
 *
 * <p>The limiter depends on nothing outside the process. If it fails itself, the call fails with an internal error.
 */
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

    @Override
    public Decision before(InterceptedCall call) {
        if (needsNoPermit(call)) {
            return Decision.PROCEED;
        }
        var admission =
                pool.request(classes.of(call.tool()), caller(call), executors.nanoTime(), () -> remaining(call));
        return admission instanceof WaitingCall waiting ? defer(call, waiting) : decide(call, admission);
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
        call.context().onCancel(() -> pool.cancel(waiting, executors.nanoTime()));
        return new Decision.Defer(waiting.result().thenApply(admission -> decide(call, admission)));
    }

    private Decision decide(InterceptedCall call, Admission admission) {
        return switch (admission) {
            case Permit permit -> {
                permits.put(call, permit);
                yield Decision.PROCEED;
            }
            case Rejection rejection -> {
                metrics.count(classes.of(call.tool()), rejection.reason());
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
            long latency =
                    isSample(call, outcome.status()) ? executors.nanoTime() - permit.grantedAt() : PermitPool.UNSERVED;
            call.onStop(() -> release(call, permit, latency));
        }
        return outcome;
    }

    private void release(InterceptedCall call, Permit permit, long latency) {
        permits.remove(call);
        pool.release(permit, executors.nanoTime(), latency);
    }

    private static boolean isSample(InterceptedCall call, CallStatus status) {
        var tool = call.tool();
        return call.executionMode() != ExecutionMode.INLINE
                && (tool == null || tool.executionMode() != ExecutionMode.INLINE)
                && (status == CallStatus.OK || status == CallStatus.TIMEOUT);
    }
}
