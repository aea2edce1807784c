package io.breakwater.core.presentation.interceptor;

import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.server.interceptor.Decision;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.ErrorCode;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds how many calls are at work at a time. A call gives its permit back when its work has stopped, not when its
 * answer is sent: what was given up on still costs. Messages that let work at hand go on or end it need no permit: a
 * full server that refused them would stay full.
 */
public final class ConcurrencyLimiter implements Interceptor {
    private static final Decision FULL = new Decision.Refuse(
            ErrorCode.OVERLOADED,
            "The server is at work on as many calls as it takes; try again soon.",
            Duration.ofSeconds(1));

    private static final Set<String> RELIEF = Set.of("tasks/update", "tasks/cancel");

    private final int most;
    private final AtomicInteger taken = new AtomicInteger();

    /** At most so many at a time. */
    public ConcurrencyLimiter(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("a server takes at least one call at a time, not " + most);
        }
        this.most = most;
    }

    /** A hundred for each processor. */
    public static int standard() {
        return 100 * Runtime.getRuntime().availableProcessors();
    }

    @Override
    public Decision before(Call call) {
        if (isFree(call)) {
            return Decision.PROCEED;
        }
        if (taken.incrementAndGet() > most) {
            taken.decrementAndGet();
            return FULL;
        }
        return Decision.PROCEED;
    }

    @Override
    public void onSuspend(Call call) {
        taken.decrementAndGet();
    }

    /** A call that was let in once goes on, though others have come meanwhile: newcomers wait until there is room. */
    @Override
    public void onResume(Call call) {
        taken.incrementAndGet();
    }

    @Override
    public Outcome after(Call call, Outcome outcome) {
        if (!isFree(call)) {
            ((ActiveCall) call).whenIdle(taken::decrementAndGet);
        }
        return outcome;
    }

    private static boolean isFree(Call call) {
        return call.tool() == null && RELIEF.contains(call.method());
    }
}
