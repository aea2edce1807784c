package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.core.business.session.SessionIds;
import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.core.presentation.call.AnswerValidator;
import io.breakwater.core.presentation.call.CallRuntime;
import io.breakwater.core.presentation.call.ClientRequests;
import io.breakwater.core.presentation.call.MethodHandler;
import io.breakwater.core.presentation.call.Notifications;
import io.breakwater.core.presentation.call.RefusalMapping;
import io.breakwater.core.presentation.call.ResponseEmitter;
import io.breakwater.core.presentation.json.Message;
import io.breakwater.core.presentation.json.MessageWriter;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.ClientResponse;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.LogLevel;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.ToolDefinition;
import io.breakwater.server.mcp.ToolException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call of the eras with sessions. A question is a request to the client on the call's own stream, and the handler
 * waits for the answer. A connection that breaks does not cancel; {@code notifications/cancelled} does.
 */
final class LegacyCall extends ActiveCall {
    private final LegacyCaller peer;
    private final ResponseEmitter emitter;
    private final @Nullable ToolDefinition tool;
    private final String target;
    private final Map<String, Json> done = new ConcurrentHashMap<>(2);
    private ReplyStatus disposition = ReplyStatus.ANSWER;

    LegacyCall(
            CallRuntime engine,
            Message.Request request,
            Principal principal,
            Prepared prepared,
            LegacyCaller peer,
            ResponseEmitter emitter) {
        super(engine, request, principal, prepared.work(), timeout(engine, prepared.tool()));
        this.peer = peer;
        this.emitter = emitter;
        this.tool = prepared.tool();
        this.target = prepared.target();
    }

    /** What the method table makes of a request. */
    record Prepared(
            MethodHandler work, String target, @Nullable ToolDefinition tool) {}

    private static Duration timeout(CallRuntime engine, @Nullable ToolDefinition tool) {
        var own = tool == null ? null : tool.timeout();
        return own == null ? engine.limits().deadline() : own;
    }

    /** The answer tells the client of the session that begins with it. */
    void opens(String session) {
        disposition = new ReplyStatus.Answer(session);
    }

    // ---- answering -------------------------------------------------------------------------------------------------

    @Override
    protected void respond(Outcome outcome) {
        switch (outcome) {
            case Outcome.Tool(var result, var ignored) -> answer(LegacyResults.tool(id(), result));
            case Outcome.Value(Json result) -> emitter.finish(disposition, MessageWriter.result(id(), result));
            case Outcome.Failed(McpException error) -> fail(error);
            case Outcome.Refused refused ->
                emitter.finish(
                        RefusalMapping.disposition(refused),
                        MessageWriter.error(
                                id(), RefusalMapping.code(refused), refused.message(), RefusalMapping.data(refused)));
            case Outcome.Cancelled ignored -> close();
            case Outcome.InputRequired ignored -> throw new IllegalStateException("this wire asks by requests");
            case Outcome.Stream ignored -> throw new IllegalStateException("this wire listens by HTTP GET");
            case Outcome.Task ignored -> throw new IllegalStateException("this wire has no tasks");
        }
    }

    /** A client that cancels its call wants no answer; one that ends its session is told what became of the call. */
    private void close() {
        if (peer.client().over()) {
            fail(new McpException(LegacyProtocol.NO_SUCH_SESSION, "The session was ended while the call was at work"));
        } else {
            emitter.close();
        }
    }

    private void answer(byte[] message) {
        emitter.finish(ReplyStatus.ANSWER, message);
    }

    /** Codes that came with 2026-07-28 mean nothing to these clients. */
    private void fail(McpException error) {
        int code = error.code() == McpException.MISSING_CAPABILITY ? McpException.INVALID_REQUEST : error.code();
        answer(MessageWriter.error(id(), code, String.valueOf(error.getMessage()), error.data()));
    }

    @Override
    protected void openStream() {
        emitter.beginStream();
    }

    // ---- what the handler sees -------------------------------------------------------------------------------------

    @Override
    public String target() {
        return target;
    }

    @Override
    public String protocolVersion() {
        return peer.session().version();
    }

    @Override
    public @Nullable ToolDefinition tool() {
        return tool;
    }

    @Override
    public Json.Obj clientInfo() {
        return peer.session().client();
    }

    @Override
    public String session() {
        return SessionIds.nameOf(peer.session().id());
    }

    @Override
    public Json.Obj clientCapabilities() {
        return peer.session().capabilities();
    }

    @Override
    public void progress(double done, @Nullable Double total, @Nullable String message) {
        var meta = params().member("_meta");
        var token = meta == null ? null : meta.member("progressToken");
        var text = token == null ? null : token.idText();
        if (text != null && recordProgress(done)) {
            emitter.say(Notifications.progress(text, done, total, message));
        }
    }

    /** Until the client says what it wants to hear, it hears what happens normally. */
    @Override
    public void log(LogLevel level, @Nullable String logger, Json data) {
        var wanted = peer.session().logLevel();
        var least = wanted == null ? LogLevel.INFO : LogLevel.of(wanted).orElse(LogLevel.INFO);
        if (level.compareTo(least) >= 0) {
            emitter.say(Notifications.message(level, logger, data));
        }
    }

    @Override
    public Map<String, ClientResponse> request(Map<String, ClientRequest> questions) {
        if (executionMode() != ExecutionMode.VIRTUAL) {
            throw new IllegalStateException("A handler that asks waits: declare its tool on(Lane.VIRTUAL), not on(Lane."
                    + executionMode() + ")");
        }
        ClientRequests.demand(this, questions.values());
        return parked(() -> AnswerValidator.ask(questions, this::results));
    }

    private Map<String, Json.Obj> results(Map<String, ClientRequest> questions) {
        var open = new LinkedHashMap<String, LegacyClient.Question>();
        try {
            questions.forEach((key, question) -> open.put(key, send(question)));
            onCancel(() -> open.values().forEach(waiting -> waiting.answer().cancel(false)));
            var results = new LinkedHashMap<String, Json.Obj>();
            open.forEach((key, waiting) -> results.put(key, await(waiting)));
            return results;
        } finally {
            open.values().forEach(peer.client()::forget);
        }
    }

    private LegacyClient.Question send(ClientRequest question) {
        var waiting = peer.client().question();
        if (!emitter.say(MessageWriter.request(waiting.id(), question.method(), question.params()))) {
            peer.client().forget(waiting);
            throw new ToolException(
                    ErrorCode.EXTERNAL_ERROR,
                    "The client does not read its messages, so the question could not be sent.");
        }
        return waiting;
    }

    private Json.Obj await(LegacyClient.Question waiting) {
        var patience = engine.limits().human();
        try {
            var response = waiting.answer().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return result(response);
        } catch (TimeoutException e) {
            throw new ToolException(ErrorCode.TIMEOUT, "Nobody answered within " + patience.toSeconds() + " s.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolException(ErrorCode.CANCELLED, "The call was cancelled while it waited for an answer.");
        } catch (CancellationException e) {
            throw new ToolException(ErrorCode.CANCELLED, "The call was cancelled while it waited for an answer.");
        } catch (ExecutionException e) {
            throw new IllegalStateException("answers are never failed", e);
        }
    }

    private static Json.Obj result(Message.Response response) {
        var result = response.result();
        if (result != null && result.json() instanceof Json.Obj object) {
            return object;
        }
        var told = told(response.error());
        throw new ToolException(
                ErrorCode.EXTERNAL_ERROR, "The client did not answer: " + told.getMessage(), null, told);
    }

    /** The client's error, for handlers that go by its code. */
    private static McpException told(@Nullable ParsedJson error) {
        var message = error == null ? null : error.text("message");
        var data = error == null ? null : error.member("data");
        return new McpException(
                error == null ? McpException.INTERNAL_ERROR : error.integer("code", McpException.INTERNAL_ERROR),
                message == null ? "no reason given" : message,
                data == null ? null : data.json());
    }

    @Override
    public Json runOnce(String key, Supplier<Json> effect) {
        return done.computeIfAbsent(key, ignored -> effect.get());
    }

    @Override
    public void startTask() {}

    @Override
    public void closeStream(Duration retryAfter) {
        if (emitter instanceof ResumableEmitter resumable) {
            resumable.release(retryAfter);
        }
    }
}
