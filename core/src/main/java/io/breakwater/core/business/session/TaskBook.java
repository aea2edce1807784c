package io.breakwater.core.business.session;

import io.breakwater.port.driven.Tasks.Task;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The stored tasks. A task belongs to the principal who started it. Code that acts for a caller uses {@link
 * #find(String, String)}. Thread-safe.
 */
public interface TaskBook {

    /** Stores a new task; returns false if a limit is reached. */
    boolean create(Task task);

    /** Finds a task of any principal; empty if it does not exist or has expired. */
    Optional<Task> find(String id);

    /** Finds a task that belongs to the principal. */
    default Optional<Task> find(String id, String principal) {
        return find(id).filter(task -> task.principal().equals(principal));
    }

    /**
     * Changes a task atomically, unless it has ended or would exceed a limit. Returns the current task, or empty if
     * there is none.
     */
    Optional<Task> update(String id, UnaryOperator<Task> change);
}
