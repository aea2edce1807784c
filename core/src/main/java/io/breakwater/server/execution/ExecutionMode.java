package io.breakwater.server.execution;

/** The kind of thread on which a task runs. The author of a handler selects one. */
public enum ExecutionMode {
    /**
     * On the thread that delivered the message, often an event loop: for handlers that never block and end in
     * microseconds.
     */
    INLINE,
    /** On a virtual thread of its own: for handlers that may block, such as for a query, an HTTP call or a lock. */
    VIRTUAL,
    /** In a pool with one platform thread for each processor: for handlers that compute for milliseconds or longer. */
    CPU
}
