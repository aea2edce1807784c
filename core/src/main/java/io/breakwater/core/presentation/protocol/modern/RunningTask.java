package io.breakwater.core.presentation.protocol.modern;

import io.breakwater.core.presentation.call.ClientRequests;
import io.breakwater.core.presentation.call.OutcomeMapping;
import io.breakwater.core.presentation.call.ResponseValidator;
import io.breakwater.port.Json;
import io.breakwater.port.driven.Tasks.Task;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.ClientResponse;
import io.breakwater.server.mcp.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** A task that runs in this process: holds its open client requests and stores its outcome. */
final class RunningTask {
    private final TaskMethods taskMethods;
    private final Task task;
    private final Json.Obj created;
    private final ModernCall call;
    private final Map<String, PendingInput> pendingInputs = new ConcurrentHashMap<>();
    private final Set<String> usedKeys = ConcurrentHashMap.newKeySet();

    RunningTask(TaskMethods taskMethods, Task task, Json.Obj created, ModernCall call) {
        this.taskMethods = taskMethods;
        this.task = task;
        this.created = created;
        this.call = call;
    }

    private record PendingInput(String requestKey, ClientRequest request, CompletableFuture<Json.Obj> response) {}

    String id() {
        return task.id();
    }

    ModernCall call() {
        return call;
    }

    /** The {@code CreateTaskResult}. */
    Json.Obj created() {
        return created;
    }

    // ---- timeout ----------------------------------------------------------------------------------------------------

    /** The timeout of the task: that of the tool, but at most the TTL of the task. */
    Duration timeout() {
        var tool = call.tool();
        var toolTimeout = tool == null ? null : tool.timeout();
        return toolTimeout == null || toolTimeout.compareTo(task.ttl()) > 0 ? task.ttl() : toolTimeout;
    }

    boolean isExpired(Instant now) {
        return call.remaining().isZero() || !now.isBefore(expiry());
    }

    /** The time at which the store removes the task. */
    Instant expiry() {
        return task.createdAt().plus(task.ttl());
    }

    void stop() {
        end(OutcomeMapping.tool(call, ErrorCode.TIMEOUT, "The task took too long and was stopped.", null));
        cancel();
    }

    void cancel() {
        call.stopWork();
    }

    void end(Outcome outcome) {
        taskMethods.end(this, outcome);
    }

    // ---- client requests --------------------------------------------------------------------------------------------

    /** Sends client requests and suspends the call until all responses have arrived. */
    Map<String, ClientResponse> request(Map<String, ClientRequest> requests) {
        return call.whileSuspended(() -> ResponseValidator.exchange(requests, this::results));
    }

    private Map<String, Json.Obj> results(Map<String, ClientRequest> requests) {
        var open = new LinkedHashMap<String, PendingInput>();
        requests.forEach(
                (key, request) -> open.put(uniqueKey(key), new PendingInput(key, request, new CompletableFuture<>())));
        call.onCancel(() -> open.values().forEach(entry -> entry.response.cancel(false)));
        return awaitAll(open);
    }

    private Map<String, Json.Obj> awaitAll(Map<String, PendingInput> open) {
        pendingInputs.putAll(open);
        try {
            taskMethods.updateRequests(this);
            var results = new LinkedHashMap<String, Json.Obj>();
            open.values()
                    .forEach(entry -> results.put(
                            entry.requestKey,
                            ClientRequests.await(
                                    entry.response, taskMethods.inputTimeout(), "The task was cancelled.")));
            return results;
        } finally {
            if (pendingInputs.keySet().removeAll(open.keySet())) {
                taskMethods.updateRequests(this); // removes the requests without a response from the stored task
            }
        }
    }

    /** Returns a key that this task has not used yet, as SEP-2663 requires. */
    private String uniqueKey(String key) {
        var candidate = key;
        for (int i = 2; !usedKeys.add(candidate); i++) {
            candidate = key + "-" + i;
        }
        return candidate;
    }

    /** Returns the open client requests, as {@code inputRequests}. */
    Json.Obj openRequests() {
        var open = new LinkedHashMap<String, ClientRequest>();
        pendingInputs.forEach((key, entry) -> open.put(key, entry.request));
        return ClientRequests.requests(open);
    }

    /**
     * Accepts responses; unknown keys are ignored.
     *
     * @throws io.breakwater.server.mcp.McpException when one is not a valid result of its request; then
     *     no response is accepted
     */
    void complete(Map<String, Json.Obj> responses) {
        responses.forEach((key, response) -> {
            var entry = pendingInputs.get(key);
            if (entry != null) {
                ResponseValidator.checkShape(key, entry.request, response);
            }
        });
        boolean changed = false;
        for (var response : responses.entrySet()) {
            var entry = pendingInputs.remove(response.getKey());
            changed |= entry != null && entry.response.complete(response.getValue());
        }
        if (changed) {
            taskMethods.updateRequests(this);
        }
    }
}
