package io.breakwater.adapter.http;

import java.util.concurrent.TimeUnit;

/**
 * Counts the control frames of an HTTP/2 connection within a window of 30 seconds. Such frames cost the server time but
 * no memory, so no other limit applies to a client that sends many.
 */
final class FrameBudget {
    private static final long WINDOW = TimeUnit.SECONDS.toNanos(30);

    private final int max;
    private long windowBegan;
    private int frames;

    /**
     * Creates an unused budget.
     *
     * @param max the number of frames within a window
     */
    FrameBudget(int max, long now) {
        this.max = max;
        this.windowBegan = now;
    }

    /** Counts one frame; returns false if there were too many within the window. */
    boolean tryUse(long now) {
        if (now - windowBegan > WINDOW) {
            windowBegan = now;
            frames = 0;
        }
        return ++frames <= max;
    }
}
