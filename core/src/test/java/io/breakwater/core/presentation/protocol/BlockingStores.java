package io.breakwater.core.presentation.protocol;

import io.breakwater.core.business.session.CapacityLimiter;
import io.breakwater.core.data.session.LogLimits;
import io.breakwater.core.data.session.MemorySessions;
import io.breakwater.core.data.session.MemoryStreamLog;
import io.breakwater.core.data.session.MemoryTasks;
import io.breakwater.port.PortException;
import io.breakwater.port.contract.StoreWatch;
import io.breakwater.port.contract.WatchedSessions;
import io.breakwater.port.contract.WatchedStreamLog;
import io.breakwater.port.contract.WatchedTasks;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;

/**
 * Stores that may block, like remote ones. Only virtual threads may wait for them: the thread of a test stands for an
 * event loop, and runs the timers.
 */
public final class BlockingStores {
    /** The idle timeout of the sessions. */
    public static final Duration IDLE = Duration.ofMinutes(30);

    /** The time after which clients may retry during an outage. */
    public static final Duration RETRY = Duration.ofSeconds(7);

    public final StoreWatch sessionWatch = watch();
    public final StoreWatch logWatch = watch();
    public final StoreWatch taskWatch = watch();
    public final WatchedSessions sessions;
    public final WatchedStreamLog log;
    public final WatchedTasks tasks;
    private final ServerExecutors executors;

    /** Stores on that clock. */
    public BlockingStores(ServerExecutors executors) {
        this.executors = executors;
        var capacity = new CapacityLimiter(1_000, 1_000, 1 << 24);
        sessions = new WatchedSessions(new MemorySessions(capacity, IDLE, executors::nanoTime), sessionWatch);
        log = new WatchedStreamLog(new MemoryStreamLog(LogLimits.forHeap(1L << 30), executors::nanoTime), logWatch);
        tasks = new WatchedTasks(
                new MemoryTasks(new CapacityLimiter(1_000, 1_000, 1 << 24), executors.clock()), taskWatch);
    }

    private static StoreWatch watch() {
        return new StoreWatch(Duration.ZERO, thread -> !thread.isVirtual());
    }

    /** A server on these stores. */
    public BreakwaterBuilder server() {
        return Breakwater.named("t")
                .executors(executors)
                .sessions(sessions)
                .streamLog(log)
                .tasks(tasks);
    }

    /** The failure of a store that is not available. */
    public static PortException outage() {
        return new PortException.UnavailableException("The store is down.", RETRY, null);
    }
}
