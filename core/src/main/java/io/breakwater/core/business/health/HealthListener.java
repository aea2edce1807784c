package io.breakwater.core.business.health;

import org.jspecify.annotations.Nullable;

/** Receives an event when a dependency goes down or recovers, and when the reason of an outage changes. */
@FunctionalInterface
public interface HealthListener {

    /**
     * Handles a change of a dependency.
     *
     * @param cause the exception of the check, if there is one; for the log only
     */
    void changed(CheckReport before, CheckReport now, @Nullable Throwable cause);
}
