package io.breakwater.port.driven;

import io.breakwater.port.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The state of tasks (MCP extension {@code io.modelcontextprotocol/tasks}, SEP-2663). Bounded in number and in what
 * their outcomes and questions occupy; a task is gone when its time to live, counted from its creation, is over.
 * Contract: {@code TasksContract}.
 */
public interface Tasks {

    /** Keeps a new task; false, and nothing kept, when the bound is reached. */
    boolean create(Task task);

    /** The task of that id; empty when it never was or its time is over. */
    Optional<Task> find(String id);

    /**
     * Changes a task atomically, unless it has reached a terminal status or there is no room for what it would hold:
     * then it stays as it is. There is always room for a task without outcome and questions, and for a short outcome.
     *
     * @return the task as it now is; empty when there is none
     */
    Optional<Task> update(String id, UnaryOperator<Task> change);

    /** Where a task stands. */
    enum Status {
        /** Somebody works on it. */
        WORKING,
        /** It waits for answers to {@link Task#inputRequests()}. */
        INPUT_REQUIRED,
        /** It ended with a result. */
        COMPLETED,
        /** It ended with an error. */
        FAILED,
        /** It was cancelled. */
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
     * @param principal who began it; nobody else sees it
     * @param statusMessage a sentence for people, or null
     * @param ttl how long after {@code createdAt} it is kept
     * @param pollInterval how often the client should ask
     * @param inputRequests the questions that are open, by key
     * @param outcome the result (completed) or the JSON-RPC error (failed), otherwise null
     */
    record Task(
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

        /** The same, working. */
        public Task working(Instant now) {
            return with(Status.WORKING, null, now, Json.Obj.EMPTY, null);
        }

        /** The same, waiting for these answers. */
        public Task asking(Json.Obj inputRequests, Instant now) {
            return with(Status.INPUT_REQUIRED, null, now, inputRequests, null);
        }

        /** The same, ended. */
        public Task ended(Status terminal, @Nullable String message, @Nullable Json outcome, Instant now) {
            return with(terminal, message, now, Json.Obj.EMPTY, outcome);
        }

        private Task with(Status next, @Nullable String message, Instant now, Json.Obj inputRequests, @Nullable Json outcome) {
            return new Task(id, principal, next, message, createdAt, now, ttl, pollInterval, inputRequests, outcome);
        }
    }
}
