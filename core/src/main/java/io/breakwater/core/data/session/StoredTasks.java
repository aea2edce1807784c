package io.breakwater.core.data.session;

import io.breakwater.core.business.session.TaskBook;
import io.breakwater.port.driven.Tasks;
import io.breakwater.port.driven.Tasks.Task;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The task book on the {@link Tasks} port. */
public final class StoredTasks implements TaskBook {
    private final Tasks tasks;

    /** Uses this port. */
    public StoredTasks(Tasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public boolean create(Task task) {
        return tasks.create(task);
    }

    @Override
    public Optional<Task> find(String id) {
        return tasks.find(id);
    }

    @Override
    public Optional<Task> update(String id, UnaryOperator<Task> change) {
        return tasks.update(id, change);
    }
}
