package io.breakwater.server.execution;

import java.time.Duration;

/**
 * The limits of {@link OwnedExecutors}.
 *
 * @param processors the number of platform threads for computation
 * @param waiting the maximum number of tasks that wait for one of them
 * @param grace the time for which tasks may continue after the executors are closed, before they are interrupted
 */
record ExecutorSettings(int processors, int waiting, Duration grace) {

    /** Enough for a burst, and few enough that the last task in the queue still runs within about a second. */
    private static final int WAITING_PER_PROCESSOR = 64;

    ExecutorSettings {
        if (processors < 1 || waiting < 1) {
            throw new IllegalArgumentException(
                    "The executors need at least one processor and a queue of at least one task.");
        }
    }

    static ExecutorSettings standard() {
        int processors = Runtime.getRuntime().availableProcessors();
        return new ExecutorSettings(processors, processors * WAITING_PER_PROCESSOR, Duration.ofSeconds(1));
    }
}
