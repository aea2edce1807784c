package io.breakwater.core.business.session;

import io.breakwater.port.driven.Tasks.Task;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Tasks that were begun and are still remembered. A task belongs to the principal who began it: whoever acts for a
 * caller looks it up with {@link #find(String, String)}. Thread-safe.
 */
public interface TaskBook {

    /** Keeps a new task; false, and nothing kept, when there is no room. */
    boolean create(Task task);

    /** The task of that id, whosever it is; empty when it never was or its time is over. */
    Optional<Task> find(String id);

    /** The task of that id if it belongs to this principal. */
    default Optional<Task> find(String id, String principal) {
        return find(id).filter(task -> task.principal().equals(principal));
    }

    /**
     * Changes a task atomically, unless it has ended or there is no room for what it would hold: then it stays. The
     * task as it now is; empty when there is none.
     */
    Optional<Task> update(String id, UnaryOperator<Task> change);
}
