package io.breakwater.adapter.postgres.database;

import org.jspecify.annotations.Nullable;

/**
 * A backend that may still run although its call has ended.
 *
 * @param uninterruptible whether its call used functions that PostgreSQL cannot interrupt
 * @param started the start time of the backend, as the server's text; null before the first check
 * @param idleChecks the number of consecutive checks in which the backend was idle
 */
record RunawayBackend(boolean uninterruptible, @Nullable String started, int idleChecks) {
    /**
     * An idle backend may not have read its statement yet, because the server is busy. A backend whose connection has
     * ended soon either runs or exits, so only a lost network keeps it idle for this number of checks, which take ten
     * seconds.
     */
    private static final int MAX_IDLE_CHECKS = 50;

    static RunawayBackend of(boolean uninterruptible) {
        return new RunawayBackend(uninterruptible, null, 0);
    }

    /** Returns the state after a check; null when the backend needs no further checks. */
    @Nullable
    RunawayBackend afterCheck(BackendQuery.@Nullable Backend backend) {
        if (backend == null || isOtherProcess(backend)) {
            return null;
        }
        int idle = backend.idle() ? idleChecks + 1 : 0;
        return idle > MAX_IDLE_CHECKS ? null : new RunawayBackend(uninterruptible, backend.started(), idle);
    }

    /** Whether the operating system has given the process ID to another process. */
    private boolean isOtherProcess(BackendQuery.Backend backend) {
        return started != null && !started.equals(backend.started());
    }

    boolean isRunning() {
        return started != null && idleChecks == 0;
    }

    /**
     * Whether it blocks all statements. Only a check can show that, because most lost connections leave no work behind.
     */
    boolean blocksAll() {
        return isRunning() && !uninterruptible;
    }

    /** Whether it counts as running: before the first check it may run, and an uninterruptible call will run. */
    boolean isCounted() {
        return idleChecks == 0 || uninterruptible;
    }
}
