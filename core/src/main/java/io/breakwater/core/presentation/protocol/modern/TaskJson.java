package io.breakwater.core.presentation.protocol.modern;

import io.breakwater.port.Json;
import io.breakwater.port.driven.Tasks.Task;
import java.util.Locale;

/** Writes tasks as in SEP-2663. */
final class TaskJson {
    private TaskJson() {}

    /** Returns the whole task, as in {@code tasks/get} and {@code notifications/tasks}. */
    static Json.Obj of(Task task) {
        var json = head(task);
        var outcome = task.outcome();
        switch (task.status()) {
            case WORKING, CANCELLED -> {}
            case INPUT_REQUIRED -> json.put("inputRequests", task.inputRequests());
            case COMPLETED -> json.putIfPresent("result", outcome);
            case FAILED -> json.putIfPresent("error", outcome);
        }
        return json.build();
    }

    /** Returns the {@code CreateTaskResult}. */
    static Json.Obj created(Task task) {
        return head(task).build();
    }

    private static Json.ObjectBuilder head(Task task) {
        return Json.object()
                .put("taskId", task.id())
                .put("status", task.status().name().toLowerCase(Locale.ROOT))
                .putIfPresent("statusMessage", task.statusMessage())
                .put("createdAt", task.createdAt().toString())
                .put("lastUpdatedAt", task.lastUpdatedAt().toString())
                .put("ttlMs", task.ttl().toMillis())
                .put("pollIntervalMs", task.pollInterval().toMillis());
    }
}
