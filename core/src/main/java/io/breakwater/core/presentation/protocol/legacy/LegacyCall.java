package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.core.business.session.SessionIds;
import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.core.presentation.call.CallRuntime;
import io.breakwater.core.presentation.call.ClientRequests;
import io.breakwater.core.presentation.call.Notifications;
import io.breakwater.core.presentation.call.PreparedMethod;
import io.breakwater.core.presentation.call.RefusalMapping;
import io.breakwater.core.presentation.call.ResponseEmitter;
import io.breakwater.core.presentation.call.ResponseValidator;
import io.breakwater.core.presentation.call.ResultLimit;
import io.breakwater.core.presentation.call.StoreAccess;
import io.breakwater.core.presentation.json.Message;
import io.breakwater.core.presentation.json.MessageWriter;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.interceptor.Refusal;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.ClientResponse;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.LogLevel;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.ToolException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call of the legacy era. It sends client requests on its own stream, and the handler waits for the responses. A
 * broken connection does not cancel the call; {@code notifications/cancelled} does.
 */
final class LegacyCall extends ActiveCall {
    private final LegacyCaller caller;
    private final ResponseEmitter emitter;
    private final StoreAccess access;
    private ReplyStatus status = ReplyStatus.RESULT;

    LegacyCall(
            CallRuntime runtime,
            Message.Request request,
            IncomingMessage inbound,
            Principal principal,
            PreparedMethod prepared,
            LegacyCaller caller,
            ResponseEmitter emitter,
            StoreAccess access) {
        super(runtime, request, inbound, principal, prepared);
        this.caller = caller;
        this.emitter = emitter;
        this.access = access;
    }

    /** Adds the id of the new session to the response. */
    void answersWithSession(String session) {
        status = new ReplyStatus.Result(session);
    }

    // ---- response ---------------------------------------------------------------------------------------------------

    @Override
    protected void respond(Outcome outcome) {
        switch (outcome) {
            case Outcome.Tool(var result, var ignored) ->
                sendResult(ResultLimit.check(this, LegacyResults.tool(id(), result)));
            case Outcome.DryRun(var report) -> sendResult(ResultLimit.check(this, LegacyResults.tool(id(), report)));
            case Outcome.Value(Json result) ->
                emitter.finish(status, ResultLimit.check(this, MessageWriter.result(id(), result)));
            case Outcome.Failed(McpException error) -> sendError(error);
            case Refusal refusal ->
                emitter.finish(
                        RefusalMapping.replyStatus(refusal),
                        MessageWriter.error(
                                id(),
                                RefusalMapping.code(refusal),
                                refusal.message(),
                                RefusalMapping.data(refusal, this)));
            case Outcome.Cancelled ignored -> close();
            case Outcome.InputRequired ignored ->
                throw new IllegalStateException("this era sends client requests as messages of their own");
            case Outcome.Stream ignored -> throw new IllegalStateException("this era opens streams by HTTP GET");
            case Outcome.Task ignored -> throw new IllegalStateException("this era has no tasks");
        }
    }

    /**
     * Ends a cancelled call: without a response if the client cancelled it, with an error if the client ended its
     * session.
     */
    private void close() {
        if (caller.client().isClosed()) {
            sendError(new McpException(CallerResolver.NO_SUCH_SESSION, "The session ended while the call was running"));
        } else {
            emitter.close();
        }
    }

    private void sendResult(byte[] message) {
        emitter.finish(ReplyStatus.RESULT, message);
    }

    /** Sends an error; a code that only 2026-07-28 defines is replaced. */
    private void sendError(McpException error) {
        int code = error.code() == McpException.MISSING_CAPABILITY ? McpException.INVALID_REQUEST : error.code();
        sendResult(MessageWriter.error(id(), code, String.valueOf(error.getMessage()), error.data()));
    }

    @Override
    protected void openStream() {
        if (!emitter.isOpen()) {
            runOnTimer(emitter::beginStream);
        }
    }

    /** Leaves the timer thread, because the emitter waits while another thread stores a message. */
    @Override
    protected void runOnTimer(Runnable action) {
        access.execute(action);
    }

    // ---- seen by the handler ----------------------------------------------------------------------------------------

    @Override
    public String protocolVersion() {
        return caller.session().version();
    }

    @Override
    public Json.Obj clientInfo() {
        return caller.session().client();
    }

    @Override
    public String session() {
        return SessionIds.nameOf(caller.session().id());
    }

    @Override
    public Json.Obj clientCapabilities() {
        return caller.session().capabilities();
    }

    @Override
    public void progress(double done, @Nullable Double total, @Nullable String message) {
        var meta = params().member("_meta");
        var token = meta == null ? null : meta.member("progressToken");
        var text = token == null ? null : token.idText();
        if (text != null && recordProgress(done)) {
            emitter.emit(Notifications.progress(text, done, total, message));
        }
    }

    /** Sends a log message; the default level is {@code info}. */
    @Override
    public void log(LogLevel level, @Nullable String logger, Json data) {
        var wanted = caller.session().logLevel();
        var least = wanted == null ? LogLevel.INFO : LogLevel.of(wanted).orElse(LogLevel.INFO);
        if (level.compareTo(least) >= 0) {
            emitter.emit(Notifications.message(level, logger, data));
        }
    }

    @Override
    public Map<String, ClientResponse> request(Map<String, ClientRequest> requests) {
        if (executionMode() != ExecutionMode.VIRTUAL) {
            throw new IllegalStateException(
                    "A handler that sends client requests waits for responses: build its tool with"
                            + " executionMode(ExecutionMode.VIRTUAL), not with executionMode(ExecutionMode."
                            + executionMode() + ")");
        }
        requireNewRequestKeys(requests.keySet());
        ClientRequests.requireCapabilities(this, requests.values());
        return whileSuspended(() -> ResponseValidator.exchange(requests, this::results));
    }

    private Map<String, Json.Obj> results(Map<String, ClientRequest> requests) {
        var sent = new LinkedHashMap<String, LegacyClient.OpenRequest>();
        try {
            requests.forEach((key, request) -> sent.put(key, sendRequest(request)));
            onCancel(() -> sent.values().forEach(pending -> pending.response().cancel(false)));
            var results = new LinkedHashMap<String, Json.Obj>();
            sent.forEach((key, pending) -> results.put(key, await(pending)));
            return results;
        } finally {
            sent.values().forEach(caller.client()::removeRequest);
        }
    }

    private LegacyClient.OpenRequest sendRequest(ClientRequest request) {
        var pending = caller.client().newRequest();
        if (!emitter.emit(MessageWriter.request(pending.id(), request.method(), request.params()))) {
            caller.client().removeRequest(pending);
            throw new ToolException(
                    ErrorCode.EXTERNAL_ERROR,
                    "The client does not read its messages, so the client request could not be sent.");
        }
        return pending;
    }

    private Json.Obj await(LegacyClient.OpenRequest pending) {
        return result(ClientRequests.await(
                pending.response(),
                runtime.limits().inputTimeout(),
                "The call was cancelled while it waited for a response."));
    }

    private static Json.Obj result(Message.Response response) {
        var result = response.result();
        if (result != null && result.json() instanceof Json.Obj object) {
            return object;
        }
        var clientError = clientError(response.error());
        throw new ToolException(
                ErrorCode.EXTERNAL_ERROR,
                "The client returned no result: " + clientError.getMessage(),
                null,
                clientError);
    }

    /** Converts the error of the client, for handlers that evaluate its code. */
    private static McpException clientError(@Nullable ParsedJson error) {
        var message = error == null ? null : error.text("message");
        var data = error == null ? null : error.member("data");
        return new McpException(
                error == null ? McpException.INTERNAL_ERROR : error.integer("code", McpException.INTERNAL_ERROR),
                message == null ? "no reason given" : message,
                data == null ? null : data.json());
    }

    @Override
    public Json runOnce(String key, Supplier<Json> effect) {
        requireNewEffectKey(key);
        return runEffect(effect);
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
