package io.breakwater.core.business.documents;

import java.time.Duration;

/** Runs something quick a little later, once. */
@FunctionalInterface
public interface DelayedRun {

    /** Runs it when that time has passed; returns at once. */
    void after(Duration delay, Runnable task);
}
