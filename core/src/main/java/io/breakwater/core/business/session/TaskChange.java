package io.breakwater.core.business.session;

import io.breakwater.port.driven.Tasks.Task;

/** The result of a change of a task. */
public sealed interface TaskChange {

    /**
     * The change is stored.
     *
     * @param task the changed task
     */
    record Stored(Task task) implements TaskChange {}

    /** The task has ended or expired, so it does not change. */
    record Ended() implements TaskChange {}

    /** The store has no capacity for the change. */
    record LimitReached() implements TaskChange {}
}
