package io.breakwater.core.business.health;

import io.breakwater.port.CallContext;

/** Asks one dependency whether it is there. */
public interface DependencyProbe {

    /** How operators know the dependency. */
    String name();

    /** True when the server is of no use without it. */
    boolean required();

    /** Runs the action whenever the dependency seems to have gone away or come back, and should be asked at once. */
    default void onCheckRequested(Runnable askAgain) {}

    /** Returns when the dependency has answered. May block until the scope's time is over. */
    void run(CallContext scope) throws Exception;
}
