package io.breakwater.core.presentation.protocol.modern;

import io.breakwater.core.business.session.SessionIds;
import io.breakwater.core.business.session.TaskService;
import io.breakwater.core.presentation.call.OutcomeMapping;
import io.breakwater.core.presentation.call.RefusalMapping;
import io.breakwater.core.presentation.call.ResultLimit;
import io.breakwater.port.Json;
import io.breakwater.port.driven.Tasks.Status;
import io.breakwater.port.driven.Tasks.Task;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.interceptor.Refusal;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.ToolException;
import io.breakwater.server.mcp.ToolResult;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tasks (extension {@code io.modelcontextprotocol/tasks}, SEP-2663): calls that continue after their first response,
 * and whose state the client polls. The {@link TaskService} stores the tasks; the calls run in this process.
 */
final class TaskMethods {
    /** The interval of the check for expired tasks. */
    static final Duration SWEEP = Duration.ofSeconds(1);

    private static final String NO_ROOM =
            "The task has ended, but the server has no capacity to store its result. Call the"
                    + " tool without a task, or try again later.";

    private final TaskService tasks;
    private final SessionIds ids = new SessionIds();
    private final InstantSource clock;
    private final Duration ttl;
    private final Duration inputTimeout;
    private final ModernResults results;
    private final Map<String, RunningTask> running = new ConcurrentHashMap<>();
    private volatile Consumer<Task> onChange = task -> {};

    TaskMethods(TaskService tasks, InstantSource clock, Duration ttl, Duration inputTimeout, ModernResults results) {
        this.tasks = tasks;
        this.clock = clock;
        this.ttl = ttl;
        this.inputTimeout = inputTimeout;
        this.results = results;
    }

    void onChange(Consumer<Task> listener) {
        onChange = listener;
    }

    /** How long a client request waits for its response. */
    Duration inputTimeout() {
        return inputTimeout;
    }

    /** Creates a task for this call; returns null when the limit is reached. */
    @Nullable
    RunningTask begin(ModernCall call) {
        var now = clock.instant();
        var task = new Task(
                ids.next(),
                call.principal().id(),
                Status.WORKING,
                null,
                now,
                now,
                ttl,
                Duration.ofMillis(500),
                Json.Obj.EMPTY,
                null);
        if (!tasks.create(task)) {
            return null;
        }
        var started = new RunningTask(this, task, head(task).build(), call);
        running.put(task.id(), started);
        return started;
    }

    /** {@code tasks/get}. */
    Json.Obj get(String id, String principal) {
        return json(find(id, principal));
    }

    /** {@code tasks/update}: accepts responses to client requests. */
    void update(String id, String principal, Map<String, Json.Obj> responses) {
        find(id, principal);
        var local = running.get(id);
        if (local != null) {
            local.complete(responses);
        }
    }

    /** {@code tasks/cancel}: cancels a task; has no effect when the task has ended. */
    void cancel(String id, String principal) {
        find(id, principal);
        var local = running.remove(id);
        change(id, Status.CANCELLED, "Cancelled by the client", null);
        if (local != null) {
            local.cancel();
        }
    }

    /**
     * Stores the client requests that are open at the time of the update, since several threads may change them.
     *
     * @throws ToolException when the store has no capacity for them
     */
    void updateRequests(RunningTask task) {
        var now = clock.instant();
        boolean stored = store(task.id(), before -> {
            var requests = task.openRequests();
            return requests.members().isEmpty() ? before.asWorking(now) : before.waitingFor(requests, now);
        });
        if (!stored) {
            throw new ToolException(
                    ErrorCode.OVERLOADED, "The server has no capacity to store the client requests of this task.");
        }
    }

    /** Stops the calls of expired tasks, which clients cannot poll any more. */
    void sweep() {
        var now = clock.instant();
        for (var task : running.values()) {
            if (task.isExpired(now)) {
                task.stop();
            }
        }
    }

    /** Stores the outcome of a task. */
    void end(RunningTask task, Outcome outcome) {
        if (running.remove(task.id()) == null) {
            return; // cancelled, which was stored already
        }
        switch (outcome) {
            case Outcome.Tool(var result, var ignored) ->
                change(task.id(), Status.COMPLETED, null, limited(task.call(), result));
            case Outcome.Failed(McpException error) ->
                fail(task.id(), error.code(), String.valueOf(error.getMessage()), error.data());
            case Refusal refusal ->
                fail(task.id(), RefusalMapping.code(refusal), refusal.message(), RefusalMapping.data(refusal));
            case Outcome.Cancelled ignored -> change(task.id(), Status.CANCELLED, null, null);
            case Outcome.Value ignored -> throw new IllegalStateException("only tools become tasks");
            case Outcome.Stream ignored -> throw new IllegalStateException("only tools become tasks");
            case Outcome.InputRequired ignored -> throw new IllegalStateException("a task stores its client requests");
            case Outcome.Task ignored -> throw new IllegalStateException("a task does not become a task");
        }
    }

    /** Returns the result for the store; a result above the limit is replaced by an error. */
    private Json limited(ModernCall call, ToolResult result) {
        var encoded = results.toolResult(result);
        try {
            ResultLimit.check(call, encoded.utf8());
            return encoded;
        } catch (ToolException tooLarge) {
            var message = String.valueOf(tooLarge.getMessage());
            return results.toolResult(
                    OutcomeMapping.tool(call, tooLarge.code(), message, null).result());
        }
    }

    private void fail(String id, int code, String message, @Nullable Json data) {
        change(id, Status.FAILED, message, error(code, message, data));
    }

    private static Json error(int code, String message, @Nullable Json data) {
        return Json.object()
                .put("code", code)
                .put("message", message)
                .putIfPresent("data", data)
                .build();
    }

    private void change(String id, Status status, @Nullable String message, @Nullable Json outcome) {
        var now = clock.instant();
        if (!store(id, before -> before.asEnded(status, message, outcome, now))) {
            var noRoom = error(McpException.INTERNAL_ERROR, NO_ROOM, null);
            store(id, before -> before.asEnded(Status.FAILED, NO_ROOM, noRoom, now));
        }
    }

    /**
     * Stores a change and notifies of it, unless the task has ended before and stays unchanged.
     *
     * @return false when the store has no capacity for the change, so the task continues without it
     */
    private boolean store(String id, UnaryOperator<Task> change) {
        var intended = new AtomicReference<@Nullable Task>();
        var after = tasks.update(id, before -> {
            var next = change.apply(before);
            intended.set(next);
            return next;
        });
        if (after.isEmpty() || intended.get() == null) {
            return true;
        }
        boolean stored = after.get().equals(intended.get());
        if (stored) {
            onChange.accept(after.get());
        }
        return stored;
    }

    private Task find(String id, String principal) {
        return tasks.find(id, principal)
                .orElseThrow(() -> McpException.invalidParams("Unknown task: it does not exist, or it has expired"));
    }

    /** Returns the whole task, as in {@code tasks/get} and {@code notifications/tasks}. */
    static Json.Obj json(Task task) {
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
