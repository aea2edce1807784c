package io.breakwater.server.mcp;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.server.execution.ExecutionMode;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request at work, the same for both protocol eras: who asks, until when, and how to speak with the client
 * meanwhile. Valid until the handler returns; thread-safe.
 *
 * <h2>Asking</h2>
 *
 * {@link #request} returns when every answer is there. Up to 2025-11-25 that is a request to the client, and the
 * handler waits. From 2026-07-28 on the call ends with {@code input_required} and <em>runs again from its start</em>
 * when the client brings the answers; {@code ask} then returns them at once. So whatever has an effect and comes before
 * a question goes through {@link #runOnce}.
 */
public interface Call {

    /** The MCP method: {@code tools/call} and so on. */
    String method();

    /** What is called or read: the tool's or prompt's name, the resource's URI; empty for other methods. */
    String target();

    /** Under this id the call is found in logs and errors. */
    String requestId();

    /**
     * Names what this call is part of, for handlers that remember things between calls: one name for all calls of a
     * session, a new one for each call where the wire knows no sessions. No secret: nobody can join a session by it.
     */
    default String session() {
        return requestId();
    }

    /** On whose behalf. */
    Principal principal();

    /** The protocol revision the caller speaks, {@code 2026-07-28} for instance. */
    String protocolVersion();

    /** Where the call runs at present. */
    ExecutionMode executionMode();

    /** The tool that is called, or null for other methods. */
    @Nullable
    ToolDefinition tool();

    /** The request's {@code _meta}; attacker input like everything the client says. */
    Json.Obj meta();

    /** The client's {@code Implementation}; empty when it did not say. Never decide by it. */
    Json.Obj clientInfo();

    /** The client's {@code ClientCapabilities}; before 2026-07-28 only what the specification names. */
    Json.Obj clientCapabilities();

    /** What to hand down to drivers: deadline, cancellation, ids. */
    CallContext context();

    /** What is left until the deadline. */
    default Duration remaining() {
        return context().remaining();
    }

    /** True once nobody waits for the outcome any more; stop working then. */
    default boolean cancelled() {
        return context().cancelled();
    }

    /** Tells the client how far the work is, if it asked to be told. {@code done} must grow from call to call. */
    void progress(double done, @Nullable Double total, @Nullable String message);

    /** Logs to the client, if it wants this level. */
    void log(LogLevel level, @Nullable String logger, Json data);

    /** Logs a sentence to the client, if it wants this level. */
    default void log(LogLevel level, String message) {
        log(level, null, Json.of(message));
    }

    /** True when the client declared this ability; ask before you {@link #request}. */
    default boolean hasCapability(ClientCapability ability) {
        return ability.declaredIn(clientCapabilities());
    }

    /**
     * Asks the client, or through it its user or model, all these questions at once.
     *
     * @param questions by keys of your choice that are unique within the call
     * @return the answer to each, under the same keys
     * @throws McpException when the client did not declare what a question needs
     */
    Map<String, ClientResponse> request(Map<String, ClientRequest> questions);

    /** Asks one question; see {@link #request(Map)}. */
    default ClientResponse request(String key, ClientRequest question) {
        return java.util.Objects.requireNonNull(request(Map.of(key, question)).get(key));
    }

    /**
     * Asks the user to fill in a form, and returns what the user entered as a record. An answer that does not fit is
     * asked for once more. A user who declines ends the call: the caller is told so, and nothing after this line runs.
     *
     * <pre>{@code
     * record Confirmation(@Describe("Delete the file for good") boolean sure) {}
     *
     * if (call.elicit("sure", "Delete " + file + "?", Confirmation.class).sure()) {
     *     delete(file);
     * }
     * }</pre>
     *
     * To go on after a refusal, {@link #request(String, ClientRequest) ask} a {@link ClientRequest#form(String, Class)}
     * and look whether the user {@link ClientResponse#accepted accepted}.
     *
     * @param key unique within the call
     * @param message what the form is for, in a sentence
     * @param form a record whose components are the fields
     * @throws ToolException {@link ErrorCode#DECLINED} when the user declines or closes the form, {@link
     *     ErrorCode#INVALID_PARAMS} when the answer does not fit the second time either
     * @throws McpException when the client cannot show forms
     */
    default <T extends Record> T elicit(String key, String message, Class<T> form) {
        return request(key, ClientRequest.form(message, form)).content(form);
    }

    /**
     * Does something with an effect once, although the handler runs again for each round of answers: the result travels
     * with the question, sealed against the client.
     *
     * <p>"Once" holds for a client that plays by the rules. Between two rounds of 2026-07-28 the server keeps nothing,
     * so it cannot tell a new call from a client that leaves {@code requestState} out, sends an old one again, or calls
     * a second time: then the effect happens again. For an effect that must never happen twice (a payment, an order),
     * store a key of the application's own with the effect, and look it up in {@code effect}.
     *
     * @param key unique within the call
     * @param effect what to do; its result is small JSON
     */
    Json runOnce(String key, Supplier<Json> effect);

    /**
     * From here on the work is a task that the client polls, if the tool supports tasks and the client follows them;
     * otherwise nothing changes. For tools declared with {@code taskOnDemand()}: questions before it end the call as
     * usual, questions after it wait in the task.
     */
    void startTask();

    /**
     * Lets the connection go while the work goes on, where the client can come back for the rest (a legacy stream with
     * {@code Last-Event-ID}); elsewhere nothing happens.
     *
     * @param retryAfter when the client shall come back
     */
    void closeStream(Duration retryAfter);
}
