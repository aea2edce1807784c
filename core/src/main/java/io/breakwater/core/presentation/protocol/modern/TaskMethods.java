package io.breakwater.core.presentation.protocol.modern;

import io.breakwater.core.business.session.SessionIds;
import io.breakwater.core.business.session.TaskChange;
import io.breakwater.core.business.session.TaskService;
import io.breakwater.core.presentation.call.CallRuntime;
import io.breakwater.core.presentation.call.OutcomeMapping;
import io.breakwater.core.presentation.call.RefusalMapping;
import io.breakwater.core.presentation.call.ResultLimit;
import io.breakwater.core.presentation.call.StoreAccess;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.Tasks.Status;
import io.breakwater.port.driven.Tasks.Task;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.interceptor.Refusal;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.ToolException;
import io.breakwater.server.mcp.ToolResult;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks (extension {@code io.modelcontextprotocol/tasks}, SEP-2663): calls that continue after their first response,
 * and whose state the client polls. The {@link TaskService} stores the tasks; the calls run in this process.
 */
final class TaskMethods {
    /** The interval of the check for expired tasks. */
    static final Duration SWEEP = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(TaskMethods.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);

    private final TaskService tasks;
    private final SessionIds ids = new SessionIds();
    private final ServerExecutors executors;
    private final InstantSource clock;
    private final StoreAccess access;
    private final Duration ttl;
    private final Duration inputTimeout;
    private final ModernResults results;
    private final Map<String, RunningTask> running = new ConcurrentHashMap<>();
    private volatile Consumer<Task> onChange = task -> {};

    TaskMethods(TaskService tasks, CallRuntime runtime, Duration ttl, ModernResults results) {
        this.tasks = tasks;
        this.executors = runtime.executors();
        this.clock = executors.clock();
        this.access = new StoreAccess(runtime, tasks.mayBlock());
        this.ttl = ttl;
        this.inputTimeout = runtime.limits().inputTimeout();
        this.results = results;
    }

    /** The access to the store of tasks. */
    StoreAccess access() {
        return access;
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
                call.target(),
                Status.WORKING,
                null,
                now,
                now,
                ttl,
                Duration.ofMillis(500),
                Json.Obj.EMPTY,
                null);
        if (!tasks.create(task, call)) {
            return null;
        }
        var started = new RunningTask(this, task, TaskJson.created(task), call);
        running.put(task.id(), started);
        return started;
    }

    /** Finds a task that belongs to the principal. */
    Optional<Task> find(String id, String principal, CallContext context) {
        return tasks.find(id, principal, context);
    }

    /** {@code tasks/update}: accepts responses to client requests. */
    void update(String id, Map<String, Json.Obj> responses) {
        var local = running.get(id);
        if (local != null) {
            local.complete(responses);
        }
    }

    /**
     * {@code tasks/cancel}: cancels a task; has no effect when the task has ended. The task continues when its new
     * status cannot be stored.
     */
    void cancel(String id, CallContext context) {
        change(id, new TaskEnding(Status.CANCELLED, "Cancelled by the client", null), context);
        var local = running.remove(id);
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
        boolean stored = store(
                task.id(),
                before -> {
                    var requests = task.openRequests();
                    return requests.members().isEmpty() ? before.asWorking(now) : before.waitingFor(requests, now);
                },
                access.context());
        if (!stored) {
            throw new ToolException(
                    ErrorCode.OVERLOADED, "The server has no capacity to store the client requests of this task.");
        }
    }

    /** Stops the calls of expired tasks, which clients cannot poll any more. Does not wait for the store. */
    void sweep() {
        var now = clock.instant();
        for (var task : running.values()) {
            if (task.isExpired(now)) {
                access.execute(task::stop);
            }
        }
    }

    /** Stores the outcome of a task. */
    void end(RunningTask task, Outcome outcome) {
        if (running.remove(task.id()) != null) { // otherwise cancelled, which was stored already
            storeEnding(task, ending(task, outcome), FIRST_RETRY);
        }
    }

    private TaskEnding ending(RunningTask task, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Tool(var result, var ignored) ->
                new TaskEnding(Status.COMPLETED, null, limited(task.call(), result));
            case Outcome.Failed(McpException error) ->
                TaskEnding.failed(error.code(), String.valueOf(error.getMessage()), error.data());
            case Refusal refusal ->
                TaskEnding.failed(RefusalMapping.code(refusal), refusal.message(), RefusalMapping.data(refusal));
            case Outcome.Cancelled ignored -> TaskEnding.CANCELLED;
            case Outcome.Value ignored -> throw new IllegalStateException("only tools become tasks");
            case Outcome.DryRun ignored -> throw new IllegalStateException("a dry run is no task");
            case Outcome.Stream ignored -> throw new IllegalStateException("only tools become tasks");
            case Outcome.InputRequired ignored -> throw new IllegalStateException("a task stores its client requests");
            case Outcome.Task ignored -> throw new IllegalStateException("a task does not become a task");
        };
    }

    /** Stores the outcome of a task; while the store is not available, tries again until the task expires. */
    private void storeEnding(RunningTask task, TaskEnding ending, Duration pause) {
        try {
            change(task.id(), ending, access.context());
        } catch (PortException failure) {
            boolean again = clock.instant().plus(pause).isBefore(task.expiry());
            LOG.warn(
                    "The outcome of a task could not be stored: {} {}",
                    failure.getMessage(),
                    again ? "The server tries again." : "The outcome is lost, because the task has expired.",
                    failure.getCause());
            if (again) {
                var next = pause.multipliedBy(2).compareTo(LAST_RETRY) > 0 ? LAST_RETRY : pause.multipliedBy(2);
                executors.schedule(pause, () -> access.execute(() -> storeEnding(task, ending, next)));
            }
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

    private void change(String id, TaskEnding ending, CallContext context) {
        var now = clock.instant();
        if (!store(id, before -> ending.applyTo(before, now), context)) {
            store(id, before -> TaskEnding.NO_CAPACITY.applyTo(before, now), context);
        }
    }

    /**
     * Stores a change and notifies of it, unless the task has ended before and stays unchanged.
     *
     * @return false when the store has no capacity for the change, so the task continues without it
     */
    private boolean store(String id, UnaryOperator<Task> change, CallContext context) {
        return switch (tasks.update(id, change, context)) {
            case TaskChange.Stored(Task task) -> {
                onChange.accept(task);
                yield true;
            }
            case TaskChange.Ended ignored -> true;
            case TaskChange.LimitReached ignored -> false;
        };
    }
}
