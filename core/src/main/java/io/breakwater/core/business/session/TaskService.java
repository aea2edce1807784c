package io.breakwater.core.business.session;

import io.breakwater.port.driven.Tasks;
import io.breakwater.port.driven.Tasks.Task;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The stored tasks. A task belongs to the principal who started it. Code that acts for a caller uses {@link
 * #find(String, String)}, which does not find the tasks of other principals. Thread-safe.
 */
public final class TaskService {
    private final Tasks tasks;

    /** Uses this storage. */
    public TaskService(Tasks tasks) {
        this.tasks = tasks;
    }

    /** Stores a new task; returns false if a limit is reached. */
    public boolean create(Task task) {
        return tasks.create(task);
    }

    /** Finds a task of any principal; empty if it does not exist or has expired. */
    public Optional<Task> find(String id) {
        return tasks.find(id);
    }

    /** Finds a task that belongs to the principal. */
    public Optional<Task> find(String id, String principal) {
        return tasks.find(id, principal);
    }

    /**
     * Changes a task atomically, unless it has ended or would exceed a limit. Returns the current task, or empty if
     * there is none.
     */
    public Optional<Task> update(String id, UnaryOperator<Task> change) {
        return tasks.update(id, change);
    }
}
