package io.breakwater.core.business.health;

import org.jspecify.annotations.Nullable;

/** Is told when a dependency goes away or comes back, and when it is away for another reason. */
@FunctionalInterface
public interface HealthListener {

    /**
     * A dependency is no longer as it was.
     *
     * @param cause what its check threw, if it threw; for the log alone
     */
    void changed(CheckReport before, CheckReport now, @Nullable Throwable cause);
}
