package io.breakwater.core.presentation.call;

import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks after calls that did not end at once: deadlines, and answers that take so long that the client should see a
 * sign of life. One sweep over the open calls every so often costs less than a timer for each, and a deadline need not
 * be kept to the millisecond.
 */
public final class DeadlineMonitor {
    private static final Duration SWEEP_INTERVAL = Duration.ofMillis(50);

    private final Set<ActiveCall> open = ConcurrentHashMap.newKeySet();
    private final ServerExecutors executors;

    /** Sweeps on these lanes' sweeper from now on. */
    public DeadlineMonitor(ServerExecutors executors) {
        this.executors = executors;
        executors.scheduleRepeatedly(SWEEP_INTERVAL, this::sweep);
    }

    void add(ActiveCall call) {
        open.add(call);
    }

    void remove(ActiveCall call) {
        open.remove(call);
    }

    /** How many calls are at work beyond the thread that brought them. */
    public int open() {
        return open.size();
    }

    /** Everything that is at work, cancelled. */
    public void cancelAll() {
        open.forEach(ActiveCall::abandon);
    }

    private void sweep() {
        long now = executors.nanoTime();
        for (var call : open) {
            call.tick(now);
        }
    }
}
