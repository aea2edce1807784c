package io.breakwater.server.execution;

import java.time.Duration;

/**
 * The bounds of {@link OwnedExecutors}.
 *
 * @param processors how many platform threads compute
 * @param waiting how many tasks may wait for one of them
 * @param grace how long tasks may go on after the lanes are closed, before they are interrupted
 */
record ExecutorSettings(int processors, int waiting, Duration grace) {

    /** Enough to ride out a burst, few enough that the last in the queue is still served within about a second. */
    private static final int WAITING_PER_PROCESSOR = 64;

    ExecutorSettings {
        if (processors < 1 || waiting < 1) {
            throw new IllegalArgumentException("Lanes need at least one processor and one place to wait.");
        }
    }

    static ExecutorSettings standard() {
        int processors = Runtime.getRuntime().availableProcessors();
        return new ExecutorSettings(processors, processors * WAITING_PER_PROCESSOR, Duration.ofSeconds(1));
    }
}
