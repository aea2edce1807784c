package io.breakwater.core.business.documents;

import java.time.Duration;

/** Runs a short task once, after a delay. */
@FunctionalInterface
public interface DelayedRun {

    /** Runs the task after the delay; returns at once. */
    void after(Duration delay, Runnable task);
}
