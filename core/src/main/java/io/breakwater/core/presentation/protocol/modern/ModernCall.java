package io.breakwater.core.presentation.protocol.modern;

import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.core.presentation.call.AnswerValidator;
import io.breakwater.core.presentation.call.ClientRequests;
import io.breakwater.core.presentation.call.MethodHandler;
import io.breakwater.core.presentation.call.Notifications;
import io.breakwater.core.presentation.call.RefusalMapping;
import io.breakwater.core.presentation.call.ResponseEmitter;
import io.breakwater.core.presentation.call.SuspendSignal;
import io.breakwater.core.presentation.json.Message;
import io.breakwater.core.presentation.json.MessageWriter;
import io.breakwater.core.presentation.server.ServerIdentity;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.mcp.ClientCapability;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.ClientResponse;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.LogLevel;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.TaskSupport;
import io.breakwater.server.mcp.ToolDefinition;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call of the stateless era. A question ends it with {@code input_required}; the client calls again with the answers.
 * When the client closes the response stream, the call is cancelled (2026-07-28, transports: cancellation).
 */
final class ModernCall extends ActiveCall {
    private final ModernProtocol wire;
    private final RequestMeta client;
    private final ResponseEmitter emitter;
    private final @Nullable ToolDefinition tool;
    private final String target;

    private @Nullable InputRounds rounds;
    private volatile @Nullable RunningTask task;

    ModernCall(
            ModernProtocol wire,
            Message.Request request,
            RequestMeta client,
            Principal principal,
            Prepared prepared,
            ResponseEmitter emitter) {
        super(wire.engine(), request, principal, prepared.work(), timeout(wire, prepared.tool()));
        this.wire = wire;
        this.client = client;
        this.emitter = emitter;
        this.tool = prepared.tool();
        this.target = prepared.target();
    }

    /** What the method table makes of a request. */
    record Prepared(
            MethodHandler work, String target, @Nullable ToolDefinition tool) {}

    private static Duration timeout(ModernProtocol wire, @Nullable ToolDefinition tool) {
        var own = tool == null ? null : tool.timeout();
        return own == null ? wire.engine().limits().deadline() : own;
    }

    // ---- answering -------------------------------------------------------------------------------------------------

    @Override
    protected void respond(Outcome outcome) {
        var results = wire.results();
        switch (outcome) {
            case Outcome.Tool(var result, var ignored) -> answer(results.tool(id(), result));
            case Outcome.Value(Json result) -> answer(results.value(id(), result));
            case Outcome.InputRequired(var requests, var state) -> answer(results.inputRequired(id(), requests, state));
            case Outcome.Task(Json.Obj created) -> answer(results.task(id(), created));
            case Outcome.Stream(Runnable begin) -> begin.run();
            case Outcome.Failed(McpException error) -> fail(error);
            case Outcome.Refused refused -> refuse(refused);
            case Outcome.Cancelled ignored -> emitter.close();
        }
    }

    private void answer(byte[] message) {
        emitter.finish(ReplyStatus.ANSWER, message);
    }

    private void fail(McpException error) {
        int code = known(error.code());
        var shown = error.code() == McpException.MISSING_CAPABILITY ? ReplyStatus.MALFORMED : ReplyStatus.ANSWER;
        emitter.finish(shown, MessageWriter.error(id(), code, String.valueOf(error.getMessage()), error.data()));
    }

    /** Of the codes that JSON-RPC and MCP keep for themselves, this revision has only these. */
    private static int known(int code) {
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

    private void refuse(Outcome.Refused refused) {
        emitter.finish(
                RefusalMapping.disposition(refused),
                MessageWriter.error(
                        id(), RefusalMapping.code(refused), refused.message(), RefusalMapping.data(refused)));
    }

    @Override
    protected void onLateOutcome(Outcome outcome) {
        var running = task;
        if (running == null) {
            return;
        }
        if (outcome instanceof Outcome.Task) { // the client was gone before it could be told of it
            wire.tasks().cancel(running.id(), principal().id());
        } else {
            running.end(outcome);
        }
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
        return ServerIdentity.MODERN;
    }

    @Override
    public @Nullable ToolDefinition tool() {
        return tool;
    }

    @Override
    public Json.Obj clientInfo() {
        return client.meta().object(RequestMeta.CLIENT_INFO);
    }

    @Override
    public Json.Obj clientCapabilities() {
        return client.meta().object(RequestMeta.CAPABILITIES);
    }

    @Override
    public void progress(double done, @Nullable Double total, @Nullable String message) {
        var token = client.progressToken();
        if (token != null && recordProgress(done)) {
            hear(emitter.say(Notifications.progress(token, done, total, message)));
        }
    }

    @Override
    public void log(LogLevel level, @Nullable String logger, Json data) {
        var wanted = client.logLevel();
        if (wanted != null && level.compareTo(wanted) >= 0) {
            hear(emitter.say(Notifications.message(level, logger, data)));
        }
    }

    /** A client that does not take what it asked for is gone, or as good as gone. */
    private void hear(boolean heard) {
        if (!heard && !settled()) {
            abandon();
        }
    }

    @Override
    public Map<String, ClientResponse> request(Map<String, ClientRequest> questions) {
        var running = task;
        if (running != null) {
            ClientRequests.demand(this, questions.values());
            return running.ask(questions);
        }
        var answers = new LinkedHashMap<String, ClientResponse>();
        var open = new LinkedHashMap<String, ClientRequest>();
        questions.forEach((key, question) -> {
            var given = rounds().answer(key);
            var misfit = given == null ? null : AnswerValidator.misfit(key, question, given);
            if (misfit != null) {
                rounds().reject(key, misfit);
                open.put(key, AnswerValidator.again(question, misfit));
            } else if (given == null) {
                open.put(key, question);
            } else {
                answers.put(key, new ClientResponse(given));
            }
        });
        if (!open.isEmpty()) {
            ClientRequests.demand(this, open.values());
            throw new SuspendSignal(new Outcome.InputRequired(ClientRequests.requests(open), rounds().state()));
        }
        return answers;
    }

    @Override
    public Json runOnce(String key, Supplier<Json> effect) {
        return rounds().once(key, effect);
    }

    /** Reads what earlier rounds brought, so that a forged state ends the call before it does anything. */
    void checkRounds() {
        if (params().has("requestState") || params().has("inputResponses")) {
            rounds();
        }
    }

    private synchronized InputRounds rounds() {
        var known = rounds;
        if (known == null) {
            known = InputRounds.of(
                    params(),
                    principal().id(),
                    method(),
                    target,
                    wire.seal(),
                    wire.engine().limits().human());
            rounds = known;
        }
        return known;
    }

    @Override
    public void startTask() {
        if (settled() && task == null) {
            throw new SuspendSignal(new Outcome.Cancelled());
        }
        if (task != null
                || tool == null
                || tool.tasks().support() == TaskSupport.NONE
                || !hasCapability(ClientCapability.TASKS)) {
            return;
        }
        var begun = wire.tasks().begin(this);
        if (begun == null) {
            throw new SuspendSignal(new Outcome.Refused(
                    ErrorCode.OVERLOADED, "The server keeps no more tasks at present.", Duration.ofSeconds(5)));
        }
        task = begun;
        allow(begun.time());
        settle(new Outcome.Task(begun.created()));
    }

    /** The stateless wire has nothing a client could come back to. */
    @Override
    public void closeStream(Duration retryAfter) {}
}
