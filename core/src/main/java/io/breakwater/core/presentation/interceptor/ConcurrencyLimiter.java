package io.breakwater.core.presentation.interceptor;

import io.breakwater.server.interceptor.Decision;
import io.breakwater.server.interceptor.InterceptedCall;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.interceptor.Refusal;
import io.breakwater.server.mcp.ErrorCode;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Limits the number of calls that run at the same time. A call releases its permit when its work has stopped, not when
 * its response is sent, because a call that timed out still uses resources. Messages that continue or end a task need
 * no permit: if a full server refused them, it would stay full.
 */
public final class ConcurrencyLimiter implements Interceptor {
    private static final Set<String> UNLIMITED_METHODS = Set.of("tasks/update", "tasks/cancel");

    private final int limit;
    private final Decision refusal;
    private final AtomicInteger running = new AtomicInteger();

    /** Creates a limiter for at most this many concurrent calls. */
    public ConcurrencyLimiter(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("The concurrency limit must be at least 1, not " + limit + ".");
        }
        this.limit = limit;
        this.refusal = Refusal.of(
                        ErrorCode.OVERLOADED, "Too many concurrent calls: the limit is " + limit + ". Retry in 1 s.")
                .withRetryAfter(Duration.ofSeconds(1));
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
        if (running.incrementAndGet() > limit) {
            running.decrementAndGet();
            return refusal;
        }
        return Decision.PROCEED;
    }

    @Override
    public void onSuspend(InterceptedCall call) {
        running.decrementAndGet();
    }

    /**
     * Takes a permit even above the limit, so that an admitted call always continues; new calls are refused until
     * enough permits are free.
     */
    @Override
    public void onResume(InterceptedCall call) {
        running.incrementAndGet();
    }

    @Override
    public Outcome after(InterceptedCall call, Outcome outcome) {
        if (!needsNoPermit(call)) {
            call.onStop(running::decrementAndGet);
        }
        return outcome;
    }

    private static boolean needsNoPermit(InterceptedCall call) {
        return call.tool() == null && UNLIMITED_METHODS.contains(call.method());
    }
}
