package io.breakwater.port.contract;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.Tasks;
import io.breakwater.port.driven.UpdateResult;
import java.util.Optional;

/**
 * Tasks behind a {@link StoreWatch}, in a store that may block. The operations are {@code create}, {@code find} and
 * {@code update}.
 */
public record WatchedTasks(Tasks tasks, StoreWatch watch) implements Tasks {

    @Override
    public boolean create(Task task, CallContext context) {
        watch.access("create");
        return tasks.create(task, context);
    }

    @Override
    public Optional<Task> find(String id, CallContext context) {
        watch.access("find");
        return tasks.find(id, context);
    }

    @Override
    public UpdateResult<Task> update(Task expected, Task changed, CallContext context) {
        watch.access("update");
        return tasks.update(expected, changed, context);
    }
}
