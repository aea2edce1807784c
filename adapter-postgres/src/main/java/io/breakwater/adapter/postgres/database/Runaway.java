package io.breakwater.adapter.postgres.database;

import org.jspecify.annotations.Nullable;

/**
 * A backend that may work on although its call has ended.
 *
 * @param uninterruptible whether its call used functions that the server cannot interrupt
 * @param started when the backend started; null until the server was asked
 * @param idleLooks how many times in a row the server has said that the backend does nothing
 */
record Runaway(boolean uninterruptible, @Nullable String started, int idleLooks) {
    /**
     * A backend that does nothing may not have read its call yet: a busy server lets it wait. One whose connection has
     * ended soon either works or exits, so only a lost network keeps it idle for so many looks, which take ten seconds.
     */
    private static final int MOST_IDLE_LOOKS = 50;

    static Runaway of(boolean uninterruptible) {
        return new Runaway(uninterruptible, null, 0);
    }

    /** The same after a look at the server; null when there is nothing left to watch. */
    @Nullable
    Runaway seen(BackendQuery.@Nullable Backend backend) {
        if (backend == null || isOther(backend)) {
            return null;
        }
        int idle = backend.idle() ? idleLooks + 1 : 0;
        return idle > MOST_IDLE_LOOKS ? null : new Runaway(uninterruptible, backend.started(), idle);
    }

    /** The system may give a process ID to another process. */
    private boolean isOther(BackendQuery.Backend backend) {
        return started != null && !started.equals(backend.started());
    }

    boolean works() {
        return started != null && idleLooks == 0;
    }

    /** A call that only lost its connection leaves no work, so the server is asked before others are refused. */
    boolean stopsAll() {
        return works() && !uninterruptible;
    }

    /** Before the server was asked it may be at work; an uninterruptible call will be, even if it still waits. */
    boolean counts() {
        return idleLooks == 0 || uninterruptible;
    }
}
