package io.breakwater.core.presentation.protocol.modern;

import io.breakwater.core.presentation.call.AnswerValidator;
import io.breakwater.core.presentation.call.ClientRequests;
import io.breakwater.core.presentation.call.OutcomeMapping;
import io.breakwater.port.Json;
import io.breakwater.port.driven.Tasks.Task;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.ClientResponse;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.ToolException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A task whose work runs in this process: where its questions wait for answers, and its end is written down. */
final class RunningTask {
    private final TaskMethods desk;
    private final Task begun;
    private final Json.Obj created;
    private final ModernCall call;
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final Set<String> used = ConcurrentHashMap.newKeySet();

    RunningTask(TaskMethods desk, Task begun, Json.Obj created, ModernCall call) {
        this.desk = desk;
        this.begun = begun;
        this.created = created;
        this.call = call;
    }

    private record Waiting(String asked, ClientRequest question, CompletableFuture<Json.Obj> answer) {}

    String id() {
        return begun.id();
    }

    /** The {@code CreateTaskResult}. */
    Json.Obj created() {
        return created;
    }

    // ---- its time --------------------------------------------------------------------------------------------------

    /** How long its work may take: as the tool says, but never longer than the task is kept. */
    Duration time() {
        var tool = call.tool();
        var own = tool == null ? null : tool.timeout();
        return own == null || own.compareTo(begun.ttl()) > 0 ? begun.ttl() : own;
    }

    boolean isOver(Instant now) {
        return call.remaining().isZero() || !now.isBefore(begun.createdAt().plus(begun.ttl()));
    }

    void stop() {
        end(OutcomeMapping.tool(call, ErrorCode.TIMEOUT, "The task took too long and was stopped.", null));
        cancel();
    }

    void cancel() {
        call.stopWork();
    }

    void end(Outcome outcome) {
        desk.ended(this, outcome);
    }

    // ---- its questions ---------------------------------------------------------------------------------------------

    /** Parks the work until every question is answered. */
    Map<String, ClientResponse> ask(Map<String, ClientRequest> questions) {
        return call.parked(() -> AnswerValidator.ask(questions, this::results));
    }

    private Map<String, Json.Obj> results(Map<String, ClientRequest> questions) {
        var open = new LinkedHashMap<String, Waiting>();
        questions.forEach(
                (key, question) -> open.put(fresh(key), new Waiting(key, question, new CompletableFuture<>())));
        call.onCancel(() -> open.values().forEach(entry -> entry.answer.cancel(false)));
        return awaitAll(open);
    }

    private Map<String, Json.Obj> awaitAll(Map<String, Waiting> open) {
        waiting.putAll(open);
        try {
            desk.asking(this);
            var results = new LinkedHashMap<String, Json.Obj>();
            open.values().forEach(entry -> results.put(entry.asked, await(entry.answer)));
            return results;
        } finally {
            if (waiting.keySet().removeAll(open.keySet())) {
                desk.asking(this); // what was given up on is not asked any more
            }
        }
    }

    /** A key is used once in the life of a task (SEP-2663), however often the handler uses its own. */
    private String fresh(String key) {
        var candidate = key;
        for (int i = 2; !used.add(candidate); i++) {
            candidate = key + "-" + i;
        }
        return candidate;
    }

    private Json.Obj await(CompletableFuture<Json.Obj> answer) {
        Duration patience = desk.patience();
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ToolException(ErrorCode.TIMEOUT, "Nobody answered within " + patience.toSeconds() + " s.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolException(ErrorCode.CANCELLED, "The task was cancelled.");
        } catch (CancellationException e) {
            throw new ToolException(ErrorCode.CANCELLED, "The task was cancelled.");
        } catch (ExecutionException e) {
            throw new IllegalStateException("answers are never failed", e);
        }
    }

    /** The questions that are open, as {@code inputRequests}. */
    Json.Obj openQuestions() {
        var open = new LinkedHashMap<String, ClientRequest>();
        waiting.forEach((key, entry) -> open.put(key, entry.question));
        return ClientRequests.requests(open);
    }

    /**
     * Takes answers, as many as there are; keys that are not open are ignored.
     *
     * @throws io.breakwater.server.mcp.McpException when one is no result of its question; then none is
     *     taken
     */
    void answer(Map<String, Json.Obj> answers) {
        answers.forEach((key, answer) -> {
            var entry = waiting.get(key);
            if (entry != null) {
                AnswerValidator.checkShape(key, entry.question, answer);
            }
        });
        boolean any = false;
        for (var answer : answers.entrySet()) {
            var entry = waiting.remove(answer.getKey());
            any |= entry != null && entry.answer.complete(answer.getValue());
        }
        if (any) {
            desk.asking(this);
        }
    }
}
