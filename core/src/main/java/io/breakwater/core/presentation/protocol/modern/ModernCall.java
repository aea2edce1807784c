package io.breakwater.core.presentation.protocol.modern;

import io.breakwater.core.business.access.Principal;
import io.breakwater.core.presentation.call.AnswerValidator;
import io.breakwater.core.presentation.call.Asking;
import io.breakwater.core.presentation.call.Emitter;
import io.breakwater.core.presentation.call.LiveCall;
import io.breakwater.core.presentation.call.Notifications;
import io.breakwater.core.presentation.call.Refusals;
import io.breakwater.core.presentation.call.Unwind;
import io.breakwater.core.presentation.call.Work;
import io.breakwater.core.presentation.catalog.Ability;
import io.breakwater.core.presentation.catalog.Answer;
import io.breakwater.core.presentation.catalog.ErrorCode;
import io.breakwater.core.presentation.catalog.LogLevel;
import io.breakwater.core.presentation.catalog.McpError;
import io.breakwater.core.presentation.catalog.Question;
import io.breakwater.core.presentation.catalog.TaskSupport;
import io.breakwater.core.presentation.catalog.ToolDefinition;
import io.breakwater.core.presentation.guard.Outcome;
import io.breakwater.core.presentation.json.Envelope;
import io.breakwater.core.presentation.json.Message;
import io.breakwater.core.presentation.server.Identity;
import io.breakwater.port.Json;
import io.breakwater.port.driving.ReplyStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call of the stateless era. A question ends it with {@code input_required}; the client calls again with the answers.
 * When the client closes the response stream, the call is cancelled (2026-07-28, transports: cancellation).
 */
final class ModernCall extends LiveCall {
    private final ModernWire wire;
    private final Meta client;
    private final Emitter emitter;
    private final @Nullable ToolDefinition tool;
    private final String target;

    private @Nullable Rounds rounds;
    private volatile @Nullable RunningTask task;

    ModernCall(
            ModernWire wire,
            Message.Request request,
            Meta client,
            Principal principal,
            Prepared prepared,
            Emitter emitter) {
        super(wire.engine(), request, principal, prepared.work(), timeout(wire, prepared.tool()));
        this.wire = wire;
        this.client = client;
        this.emitter = emitter;
        this.tool = prepared.tool();
        this.target = prepared.target();
    }

    /** What the method table makes of a request. */
    record Prepared(Work work, String target, @Nullable ToolDefinition tool) {}

    private static Duration timeout(ModernWire wire, @Nullable ToolDefinition tool) {
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
            case Outcome.Failed(McpError error) -> fail(error);
            case Outcome.Refused refused -> refuse(refused);
            case Outcome.Cancelled ignored -> emitter.close();
        }
    }

    private void answer(byte[] message) {
        emitter.finish(ReplyStatus.ANSWER, message);
    }

    private void fail(McpError error) {
        int code = known(error.code());
        var shown = error.code() == McpError.MISSING_CAPABILITY ? ReplyStatus.MALFORMED : ReplyStatus.ANSWER;
        emitter.finish(shown, Envelope.error(id(), code, String.valueOf(error.getMessage()), error.data()));
    }

    /** Of the codes that JSON-RPC and MCP keep for themselves, this revision has only these. */
    private static int known(int code) {
        return switch (code) {
            case McpError.RESOURCE_NOT_FOUND -> McpError.INVALID_PARAMS;
            case McpError.PARSE_ERROR,
                    McpError.INVALID_REQUEST,
                    McpError.METHOD_NOT_FOUND,
                    McpError.INVALID_PARAMS,
                    McpError.INTERNAL_ERROR,
                    McpError.HEADER_MISMATCH,
                    McpError.MISSING_CAPABILITY,
                    McpError.UNSUPPORTED_VERSION -> code;
            default -> -32768 <= code && code <= -32000 ? McpError.INTERNAL_ERROR : code;
        };
    }

    private void refuse(Outcome.Refused refused) {
        emitter.finish(
                Refusals.disposition(refused),
                Envelope.error(id(), Refusals.code(refused), refused.message(), Refusals.data(refused)));
    }

    @Override
    protected void late(Outcome outcome) {
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
    protected void showLife() {
        emitter.beginStream();
    }

    // ---- what the handler sees -------------------------------------------------------------------------------------

    @Override
    public String target() {
        return target;
    }

    @Override
    public String protocolVersion() {
        return Identity.MODERN;
    }

    @Override
    public @Nullable ToolDefinition tool() {
        return tool;
    }

    @Override
    public Json.Obj clientInfo() {
        return client.meta().object(Meta.CLIENT_INFO);
    }

    @Override
    public Json.Obj clientCapabilities() {
        return client.meta().object(Meta.CAPABILITIES);
    }

    @Override
    public void progress(double done, @Nullable Double total, @Nullable String message) {
        var token = client.progressToken();
        if (token != null && further(done)) {
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
    public Map<String, Answer> ask(Map<String, Question> questions) {
        var running = task;
        if (running != null) {
            Asking.demand(this, questions.values());
            return running.ask(questions);
        }
        var answers = new LinkedHashMap<String, Answer>();
        var open = new LinkedHashMap<String, Question>();
        questions.forEach((key, question) -> {
            var given = rounds().answer(key);
            var misfit = given == null ? null : AnswerValidator.misfit(key, question, given);
            if (misfit != null) {
                rounds().reject(key, misfit);
                open.put(key, AnswerValidator.again(question, misfit));
            } else if (given == null) {
                open.put(key, question);
            } else {
                answers.put(key, new Answer(given));
            }
        });
        if (!open.isEmpty()) {
            Asking.demand(this, open.values());
            throw new Unwind(new Outcome.InputRequired(Asking.requests(open), rounds().state()));
        }
        return answers;
    }

    @Override
    public Json once(String key, Supplier<Json> effect) {
        return rounds().once(key, effect);
    }

    /** Reads what earlier rounds brought, so that a forged state ends the call before it does anything. */
    void checkRounds() {
        if (params().has("requestState") || params().has("inputResponses")) {
            rounds();
        }
    }

    private synchronized Rounds rounds() {
        var known = rounds;
        if (known == null) {
            known = Rounds.of(
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
    public void becomeTask() {
        if (settled() && task == null) {
            throw new Unwind(new Outcome.Cancelled());
        }
        if (task != null || tool == null || tool.tasks().support() == TaskSupport.NONE || !can(Ability.TASKS)) {
            return;
        }
        var begun = wire.tasks().begin(this);
        if (begun == null) {
            throw new Unwind(new Outcome.Refused(
                    ErrorCode.OVERLOADED, "The server keeps no more tasks at present.", Duration.ofSeconds(5)));
        }
        task = begun;
        allow(begun.time());
        settle(new Outcome.Task(begun.created()));
    }

    /** The stateless wire has nothing a client could come back to. */
    @Override
    public void releaseConnection(Duration retryAfter) {}
}
