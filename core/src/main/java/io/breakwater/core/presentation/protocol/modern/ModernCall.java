package io.breakwater.core.presentation.protocol.modern;

import io.breakwater.core.business.session.Consent;
import io.breakwater.core.business.session.Sealer;
import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.core.presentation.call.ClientRequests;
import io.breakwater.core.presentation.call.Notifications;
import io.breakwater.core.presentation.call.PreparedMethod;
import io.breakwater.core.presentation.call.RefusalMapping;
import io.breakwater.core.presentation.call.ResponseEmitter;
import io.breakwater.core.presentation.call.ResponseValidator;
import io.breakwater.core.presentation.call.ResultLimit;
import io.breakwater.core.presentation.call.SuspendSignal;
import io.breakwater.core.presentation.json.MessageWriter;
import io.breakwater.core.presentation.protocol.common.ServerIdentity;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.interceptor.Refusal;
import io.breakwater.server.mcp.ClientCapability;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.ClientResponse;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.LogLevel;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.TaskSupport;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call of the modern era. A client request ends it with {@code input_required}; the client repeats the call with its
 * responses. When the client closes the response stream, the call is cancelled (2026-07-28, transports: cancellation).
 */
final class ModernCall extends ActiveCall {
    /** The number of rounds that belong to one call. */
    private static final int MAX_ROUNDS = 10;

    private final ModernProtocol protocol;
    private final RequestMeta requestMeta;
    private final ResponseEmitter emitter;

    private @Nullable InputRounds rounds;
    private volatile @Nullable RunningTask task;

    ModernCall(ModernProtocol protocol, MethodRequest request, PreparedMethod prepared) {
        super(protocol.runtime(), request.request(), request.inbound(), request.principal(), prepared);
        this.protocol = protocol;
        this.requestMeta = request.meta();
        this.emitter = new ResponseEmitter(request.reply());
    }

    // ---- response ---------------------------------------------------------------------------------------------------

    @Override
    protected void respond(Outcome outcome) {
        var results = protocol.results();
        switch (outcome) {
            case Outcome.Tool(var result, var ignored) -> sendResult(results.tool(id(), result));
            case Outcome.DryRun(var report) -> sendResult(results.tool(id(), report));
            case Outcome.Value(Json result) -> sendResult(results.value(id(), result));
            case Outcome.InputRequired(var requests, var state) ->
                sendResult(results.inputRequired(id(), requests, state));
            case Outcome.Task(Json.Obj created) -> sendResult(results.task(id(), created));
            case Outcome.Stream(Runnable begin) -> begin.run();
            case Outcome.Failed(McpException error) -> sendError(error);
            case Refusal refusal -> sendRefusal(refusal);
            case Outcome.Cancelled ignored -> emitter.close();
        }
    }

    private void sendResult(byte[] message) {
        emitter.finish(ReplyStatus.RESULT, ResultLimit.check(this, message));
    }

    private void sendError(McpException error) {
        int code = toModernCode(error.code());
        var status = error.code() == McpException.MISSING_CAPABILITY ? ReplyStatus.MALFORMED : ReplyStatus.RESULT;
        emitter.finish(status, MessageWriter.error(id(), code, String.valueOf(error.getMessage()), error.data()));
    }

    /** Replaces codes that JSON-RPC and MCP reserve but this revision does not define. */
    private static int toModernCode(int code) {
        return switch (code) {
            case McpException.RESOURCE_NOT_FOUND -> McpException.INVALID_PARAMS;
            case McpException.PARSE_ERROR,
                    McpException.INVALID_REQUEST,
                    McpException.METHOD_NOT_FOUND,
                    McpException.INVALID_PARAMS,
                    McpException.INTERNAL_ERROR,
                    McpException.HEADER_MISMATCH,
                    McpException.MISSING_CAPABILITY,
                    McpException.UNSUPPORTED_VERSION -> code;
            default -> -32768 <= code && code <= -32000 ? McpException.INTERNAL_ERROR : code;
        };
    }

    private void sendRefusal(Refusal refusal) {
        emitter.finish(
                RefusalMapping.replyStatus(refusal),
                MessageWriter.error(
                        id(), RefusalMapping.code(refusal), refusal.message(), RefusalMapping.data(refusal, this)));
    }

    @Override
    protected void onLateOutcome(Outcome outcome) {
        var running = task;
        if (running == null) {
            return;
        }
        if (outcome instanceof Outcome.Task) { // the client disconnected before it received the task
            protocol.tasks().cancel(running.id(), protocol.tasks().access().context());
        } else {
            running.end(outcome);
        }
    }

    @Override
    protected void openStream() {
        emitter.beginStream();
    }

    // ---- seen by the handler ----------------------------------------------------------------------------------------

    @Override
    public String protocolVersion() {
        return ServerIdentity.MODERN;
    }

    @Override
    public Json.Obj clientInfo() {
        return requestMeta.meta().object(RequestMeta.CLIENT_INFO);
    }

    @Override
    public Json.Obj clientCapabilities() {
        return requestMeta.meta().object(RequestMeta.CAPABILITIES);
    }

    @Override
    public void progress(double done, @Nullable Double total, @Nullable String message) {
        var token = requestMeta.progressToken();
        if (token != null && recordProgress(done)) {
            abandonUnless(emitter.emit(Notifications.progress(token, done, total, message)));
        }
    }

    @Override
    public void log(LogLevel level, @Nullable String logger, Json data) {
        var wanted = requestMeta.logLevel();
        if (wanted != null && level.compareTo(wanted) >= 0) {
            abandonUnless(emitter.emit(Notifications.message(level, logger, data)));
        }
    }

    /** Cancels the call when the client did not accept a message. */
    private void abandonUnless(boolean accepted) {
        if (!accepted && !settled()) {
            abandon();
        }
    }

    @Override
    public Map<String, ClientResponse> request(Map<String, ClientRequest> requests) {
        var running = task;
        if (running != null) { // it waits for the response, under a key that is new for the client
            ClientRequests.requireCapabilities(this, requests.values());
            return running.request(requests);
        }
        requireNewRequestKeys(requests.keySet());
        var responses = new LinkedHashMap<String, ClientResponse>();
        var open = new LinkedHashMap<String, ClientRequest>();
        requests.forEach((key, request) -> {
            var response = rounds().response(key);
            var mismatch = response == null ? null : ResponseValidator.mismatch(key, request, response);
            if (mismatch != null) {
                rounds().reject(key, mismatch);
                open.put(key, ResponseValidator.repeatWithReason(request, mismatch));
            } else if (response == null) {
                open.put(key, request);
            } else {
                responses.put(key, new ClientResponse(response));
            }
        });
        if (!open.isEmpty()) {
            ClientRequests.requireCapabilities(this, open.values());
            throw new SuspendSignal(new Outcome.InputRequired(ClientRequests.requests(open), rounds().state()));
        }
        return responses;
    }

    @Override
    public Json runOnce(String key, Supplier<Json> effect) {
        requireNewEffectKey(key);
        return rounds().runOnce(key, () -> runEffect(effect));
    }

    @Override
    public boolean hasEffect() {
        return super.hasEffect() || rounds().hasEffect();
    }

    @Override
    public @Nullable Consent consent() {
        return rounds().consent();
    }

    @Override
    public void storeConsent(Consent consent) {
        rounds().storeConsent(consent);
    }

    @Override
    public @Nullable String claim() {
        return rounds().claim();
    }

    @Override
    public void storeClaim(String id) {
        rounds().storeClaim(id);
    }

    /** Unseals the state of earlier rounds, so that a forged state ends the call before the handler starts. */
    void checkRounds() {
        if (params().has("requestState") || params().has("inputResponses")) {
            rounds();
        }
    }

    /**
     * Returns the authentication tag at the end of the state, which {@link #checkRounds} has verified. A client that
     * never sends a response could otherwise continue one call forever, so later rounds count as calls.
     */
    @Override
    public synchronized @Nullable String continuedRound() {
        var known = rounds;
        var state = known == null || known.number() > MAX_ROUNDS ? null : params().text("requestState");
        return state == null ? null : state.substring(Math.max(0, state.length() - Sealer.TAG_CHARACTERS));
    }

    private synchronized InputRounds rounds() {
        var known = rounds;
        if (known == null) {
            known = InputRounds.of(
                    params(),
                    principal().id(),
                    method(),
                    target(),
                    protocol.sealer(),
                    protocol.runtime().limits().inputTimeout());
            rounds = known;
        }
        return known;
    }

    @Override
    public void startTask() {
        var tool = tool();
        if (settled() && task == null) {
            throw new SuspendSignal(new Outcome.Cancelled());
        }
        if (task != null
                || tool == null
                || tool.tasks().support() == TaskSupport.NONE
                || !hasCapability(ClientCapability.TASKS)) {
            return;
        }
        var started = beginTask();
        task = started;
        restartDeadline(started.timeout());
        settle(new Outcome.Task(started.created()));
    }

    private RunningTask beginTask() {
        RunningTask started;
        try {
            started = protocol.tasks().begin(this);
        } catch (PortException failure) {
            throw new SuspendSignal(RefusalMapping.storeOutage(failure));
        }
        if (started == null) {
            throw new SuspendSignal(Refusal.of(ErrorCode.OVERLOADED, "The limit on tasks is reached; try again later.")
                    .withRetryAfter(Duration.ofSeconds(5)));
        }
        return started;
    }

    /** Does nothing, since modern streams cannot be resumed. */
    @Override
    public void closeStream(Duration retryAfter) {}
}
