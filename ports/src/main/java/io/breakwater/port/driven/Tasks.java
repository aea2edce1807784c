package io.breakwater.port.driven;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of tasks (MCP extension {@code io.modelcontextprotocol/tasks}, SEP-2663). Their number and the size of
 * their outcomes and client requests are limited; a task is removed when its TTL, counted from its creation, has
 * passed.
 *
 * <p>Every method with a {@link CallContext} may access a remote store: it respects the deadline and the cancellation
 * of the context, and raises {@link io.breakwater.port.PortException}. Contract: {@code TasksContract}.
 */
public interface Tasks {

    /**
     * True if a method with a context may block. The server then calls these methods on virtual threads, otherwise on
     * the thread on which a message arrived, which can be an event loop. The value never changes.
     */
    default boolean mayBlock() {
        return true;
    }

    /** Stores a new task; false, without storing it, when the limit is reached. */
    boolean create(Task task, CallContext context);

    /** Returns the task of that id; empty when it never existed or has expired. */
    Optional<Task> find(String id, CallContext context);

    /**
     * Returns the task of that id if it belongs to the principal. Code that acts for a caller uses this method, so that
     * a caller never sees the task of another principal.
     */
    default Optional<Task> find(String id, String principal, CallContext context) {
        return find(id, context).filter(task -> task.principal().equals(principal));
    }

    /**
     * Replaces a task atomically if it equals the expected one. Without a conflict, a task without outcome and client
     * requests, or with a short outcome, is always stored.
     *
     * @param expected the task as the caller knows it
     * @param changed the task to store, with the same id, principal, tool and expiry
     */
    UpdateResult<Task> update(Task expected, Task changed, CallContext context);

    /** The status of a task. */
    enum Status {
        /** The task is running. */
        WORKING,
        /** The task waits for responses to {@link Task#inputRequests()}. */
        INPUT_REQUIRED,
        /** The task ended with a result. */
        COMPLETED,
        /** The task ended with an error. */
        FAILED,
        /** The task was cancelled. */
        CANCELLED;

        /** True when the task never changes again. */
        public boolean terminal() {
            return this == COMPLETED || this == FAILED || this == CANCELLED;
        }
    }

    /**
     * One task.
     *
     * @param id unguessable
     * @param principal the principal that created it, and the only one that can see it
     * @param tool the name of the tool that it runs, for decisions about later access; null if the task was stored
     *     without it, so that only the rules for tasks decide
     * @param statusMessage a message for display, or null
     * @param ttl the time after {@code createdAt} for which it is stored
     * @param pollInterval the interval at which the client should poll
     * @param inputRequests the open client requests, by key
     * @param outcome the result (completed) or the JSON-RPC error (failed), otherwise null
     */
    record Task(
            String id,
            String principal,
            @Nullable String tool,
            Status status,
            @Nullable String statusMessage,
            Instant createdAt,
            Instant lastUpdatedAt,
            Duration ttl,
            Duration pollInterval,
            Json.Obj inputRequests,
            @Nullable Json outcome) {

        /** Creates a task without the name of its tool. */
        public Task(
                String id,
                String principal,
                Status status,
                @Nullable String statusMessage,
                Instant createdAt,
                Instant lastUpdatedAt,
                Duration ttl,
                Duration pollInterval,
                Json.Obj inputRequests,
                @Nullable Json outcome) {
            this(
                    id,
                    principal,
                    null,
                    status,
                    statusMessage,
                    createdAt,
                    lastUpdatedAt,
                    ttl,
                    pollInterval,
                    inputRequests,
                    outcome);
        }

        /** Returns this task with the status {@code WORKING}. */
        public Task asWorking(Instant now) {
            return with(Status.WORKING, null, now, Json.Obj.EMPTY, null);
        }

        /** Returns this task with these open client requests. */
        public Task waitingFor(Json.Obj inputRequests, Instant now) {
            return with(Status.INPUT_REQUIRED, null, now, inputRequests, null);
        }

        /** Returns this task with a terminal status. */
        public Task asEnded(Status terminal, @Nullable String message, @Nullable Json outcome, Instant now) {
            return with(terminal, message, now, Json.Obj.EMPTY, outcome);
        }

        private Task with(
                Status next, @Nullable String message, Instant now, Json.Obj inputRequests, @Nullable Json outcome) {
            return new Task(
                    id, principal, tool, next, message, createdAt, now, ttl, pollInterval, inputRequests, outcome);
        }
    }
}
