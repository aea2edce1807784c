package io.breakwater.port.contract;

import io.breakwater.port.Json;
import io.breakwater.port.ToolContext;
import io.breakwater.port.memory.ManualCallContext;
import java.io.Serial;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A tool context that records what a tool sends, and answers its requests as a test wants. Methods that begin with
 * {@code with} change it before the call. Thread-safe.
 */
public final class ScriptedToolContext implements ToolContext {

    /** A request of the tool to the client. */
    public record Request(String method, Json.Obj params) {}

    /** A progress notification. */
    public record Progress(
            double done, @Nullable Double total, @Nullable String message) {}

    /** A log message to the client. */
    public record LogMessage(String level, @Nullable String logger, Json data) {}

    /** The client that answers the requests. */
    @FunctionalInterface
    public interface Client {
        /** Returns the result of the request. */
        Json.Obj answer(Request request);
    }

    /** The capabilities of a client that can do everything. */
    public static final Json.Obj ALL_CAPABILITIES = Json.object()
            .put("elicitation", Json.Obj.EMPTY)
            .put("sampling", Json.Obj.EMPTY)
            .put("roots", Json.Obj.EMPTY)
            .build();

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Progress> progress = new CopyOnWriteArrayList<>();
    private final List<LogMessage> logMessages = new CopyOnWriteArrayList<>();
    private final ManualCallContext callContext = ManualCallContext.unhurried();
    private final Client client;
    private volatile Json.Obj capabilities = ALL_CAPABILITIES;
    private volatile Json.Obj clientInfo =
            Json.object().put("name", "ada").put("version", "1").build();
    private volatile Json.Obj meta = Json.Obj.EMPTY;

    private ScriptedToolContext(Client client) {
        this.client = client;
    }

    /** The tool must send no request. */
    public static ScriptedToolContext silent() {
        return answering(request -> {
            throw new AssertionError("The tool sent " + request);
        });
    }

    /** The client answers the requests. */
    public static ScriptedToolContext answering(Client client) {
        return new ScriptedToolContext(client);
    }

    /**
     * A run on a stateless transport: the requests get these answers, one after the other, and the first request
     * without an answer ends the run with a {@link Suspension}.
     */
    public static ScriptedToolContext replaying(List<Json.Obj> answers) {
        var next = List.copyOf(answers).iterator();
        return answering(request -> {
            if (next.hasNext()) {
                return next.next();
            }
            throw new Suspension(request);
        });
    }

    /** The call has a token, so that the client wants to receive progress. */
    public ScriptedToolContext withProgressToken() {
        meta = Json.object().put("progressToken", "p-1").build();
        return this;
    }

    /** The client has these capabilities only. */
    public ScriptedToolContext withCapabilities(Json.Obj some) {
        capabilities = some;
        return this;
    }

    /** The client describes itself this way. */
    public ScriptedToolContext withClientInfo(Json.Obj info) {
        clientInfo = info;
        return this;
    }

    /** The requests so far. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The progress so far. */
    public List<Progress> progress() {
        return List.copyOf(progress);
    }

    /** The log messages so far. */
    public List<LogMessage> logMessages() {
        return List.copyOf(logMessages);
    }

    @Override
    public ManualCallContext callContext() {
        return callContext;
    }

    @Override
    public String session() {
        return "s-1";
    }

    @Override
    public Json.Obj clientCapabilities() {
        return capabilities;
    }

    @Override
    public Json.Obj clientInfo() {
        return clientInfo;
    }

    @Override
    public String protocolVersion() {
        return "2025-11-25";
    }

    @Override
    public Json.Obj meta() {
        return meta;
    }

    @Override
    public void progress(double done, @Nullable Double total, @Nullable String message) {
        progress.add(new Progress(done, total, message));
    }

    @Override
    public void log(String level, @Nullable String logger, Json data) {
        logMessages.add(new LogMessage(level, logger, data));
    }

    @Override
    public Json.Obj request(String method, Json.Obj params) {
        var request = new Request(method, params);
        requests.add(request);
        return client.answer(request);
    }

    /**
     * Ends a run whose request has no answer yet. The signal of a server is a different error, which adapters do not
     * know; no handler that catches exceptions catches it.
     */
    public static final class Suspension extends Error {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient Request request;

        Suspension(Request request) {
            super(request.method(), null, false, false);
            this.request = request;
        }

        /** The request that has no answer. */
        public Request request() {
            return request;
        }
    }
}
