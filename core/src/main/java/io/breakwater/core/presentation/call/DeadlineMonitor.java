package io.breakwater.core.presentation.call;

import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Monitors the calls that did not end on the thread on which they arrived: ends them at their deadline, and opens a
 * stream for those that take long. A sweep over all open calls every 50 ms costs less than a timer for each call, and
 * deadlines do not need millisecond precision.
 */
public final class DeadlineMonitor {
    private static final Duration SWEEP_INTERVAL = Duration.ofMillis(50);

    private final Set<ActiveCall> open = ConcurrentHashMap.newKeySet();
    private final ServerExecutors executors;

    /** Starts to sweep on the scheduler of these executors. */
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

    /** The number of monitored calls. */
    public int open() {
        return open.size();
    }

    /** Cancels all monitored calls. */
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
