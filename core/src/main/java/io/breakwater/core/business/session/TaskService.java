package io.breakwater.core.business.session;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.Tasks;
import io.breakwater.port.driven.Tasks.Task;
import io.breakwater.port.driven.UpdateResult;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The stored tasks. A task belongs to the principal who started it, and only this principal finds it. A task that has
 * ended never changes again. Concurrent changes of one task are all stored: a change that meets another one is applied
 * again to its result. Thread-safe.
 */
@OutageBehavior(
        guard = "tasks",
        dependency = GuardDependency.SESSION_STORE,
        failure = "down",
        effect = OutageEffect.DENY,
        behavior = "Requests about tasks fail. The outcome of a task that ends meanwhile is stored later.",
        recovery = "Tasks continue when the store answers.",
        signal = "`mcp_errors_total`",
        details = "embedding.md#builders")
public final class TaskService {
    private final Tasks tasks;

    /** Uses this storage. */
    public TaskService(Tasks tasks) {
        this.tasks = tasks;
    }

    /** True if the methods with a context may block. */
    public boolean mayBlock() {
        return tasks.mayBlock();
    }

    /** Stores a new task; returns false if a limit is reached. */
    public boolean create(Task task, CallContext context) {
        return tasks.create(task, context);
    }

    /** Finds a task that belongs to the principal. */
    public Optional<Task> find(String id, String principal, CallContext context) {
        return tasks.find(id, principal, context);
    }

    /**
     * Changes a task, unless it has ended or would exceed a limit.
     *
     * @param change returns the changed task; runs again after a conflict
     */
    public TaskChange update(String id, UnaryOperator<Task> change, CallContext context) {
        var current = tasks.find(id, context).orElse(null);
        while (current != null && !current.status().terminal()) {
            var changed = change.apply(current);
            switch (tasks.update(current, changed, context)) {
                case UpdateResult.Stored<Task> ignored -> {
                    return new TaskChange.Stored(changed);
                }
                case UpdateResult.LimitReached<Task> ignored -> {
                    return new TaskChange.LimitReached();
                }
                case UpdateResult.NotFound<Task> ignored -> {
                    return new TaskChange.Ended();
                }
                case UpdateResult.Conflict<Task>(Task other) -> current = other;
            }
            RepeatedUpdates.requireTime(context);
        }
        return new TaskChange.Ended();
    }
}
