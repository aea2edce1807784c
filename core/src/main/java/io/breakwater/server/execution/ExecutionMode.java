package io.breakwater.server.execution;

/** Where a piece of work runs. Whoever declares a handler knows best which of the three it needs. */
public enum ExecutionMode {
    /**
     * On the thread that delivered the message, often an event loop: for what never blocks and ends in microseconds.
     */
    INLINE,
    /** On a virtual thread of its own: for what may wait, such as a query, an HTTP call, a lock. */
    VIRTUAL,
    /** On one of as many platform threads as there are processors: for what computes for milliseconds or longer. */
    CPU
}
