package io.breakwater.core.business.health;

import io.breakwater.port.CallContext;

/** A health check of one dependency. */
public interface DependencyProbe {

    /** Returns the name of the dependency for operators. */
    String name();

    /** Returns true if the server cannot work without the dependency. */
    boolean required();

    /** Runs the action whenever the dependency may have gone down or recovered and should be checked at once. */
    default void onCheckRequested(Runnable requestCheck) {}

    /** Returns if the dependency is available, and throws if it is not. May block until the deadline of the context. */
    void run(CallContext context) throws Exception;
}
