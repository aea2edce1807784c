package io.breakwater.server.mcp;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.server.execution.ExecutionMode;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request that is being processed, the same for both protocol eras: its caller, its deadline, and the ways to send
 * messages to the client. Valid until the handler returns; thread-safe.
 *
 * <h2>Client requests</h2>
 *
 * {@link #request} returns when all responses have arrived. Up to revision 2025-11-25, the server sends a request to
 * the client, and the handler waits. From 2026-07-28 on, the call ends with {@code input_required} and <em>runs again
 * from its start</em> when the client repeats it with the responses; {@code request} then returns them at once.
 * Therefore pass every side effect before a client request through {@link #runOnce}.
 */
public interface Call {

    /** Returns the MCP method, for example {@code tools/call}. */
    String method();

    /** Returns the name of the tool or prompt, or the URI of the resource; empty for other methods. */
    String target();

    /** Returns the id of the call in logs and errors. */
    String requestId();

    /**
     * Returns an id for handlers that store data between calls: the same id for all calls of a session, and a new id
     * for each call if the protocol has no sessions. The id is not a secret: it gives no access to the session.
     */
    default String session() {
        return requestId();
    }

    /** Returns the principal on whose behalf the request arrived. */
    Principal principal();

    /** Returns the network address of the peer without its port; {@code stdio} for the process that started the server. */
    String remoteAddress();

    /** Returns the protocol revision of the client, for example {@code 2026-07-28}. */
    String protocolVersion();

    /** Returns the execution mode in which the call runs at present. */
    ExecutionMode executionMode();

    /** Returns the called tool, or null for other methods. */
    @Nullable
    ToolDefinition tool();

    /** Returns the {@code _meta} object of the request. It is untrusted input, like everything from the client. */
    Json.Obj meta();

    /**
     * Returns the {@code Implementation} object of the client; empty if the client did not send one. It is not
     * verified, so do not base decisions on it.
     */
    Json.Obj clientInfo();

    /**
     * Returns the {@code ClientCapabilities} object of the client; before 2026-07-28, only the members that the
     * specification names.
     */
    Json.Obj clientCapabilities();

    /** Returns the deadline, the cancellation and the ids of the call, to pass to drivers. */
    CallContext context();

    /** Returns the time until the deadline. */
    default Duration remaining() {
        return context().remaining();
    }

    /** Returns true if the outcome is no longer needed; the handler should then stop. */
    default boolean cancelled() {
        return context().cancelled();
    }

    /**
     * Sends progress to the client, if the client asked for it. {@code done} must grow with each call of this method.
     */
    void progress(double done, @Nullable Double total, @Nullable String message);

    /** Sends a log message to the client, if the client asked for this level. */
    void log(LogLevel level, @Nullable String logger, Json data);

    /** Sends a log message in text to the client, if the client asked for this level. */
    default void log(LogLevel level, String message) {
        log(level, null, Json.of(message));
    }

    /** Returns true if the client declared this capability. Check it before you call {@link #request}. */
    default boolean hasCapability(ClientCapability capability) {
        return capability.declaredIn(clientCapabilities());
    }

    /**
     * Sends these requests to the client, for the client itself, its user or its model, all at the same time.
     *
     * @param requests the requests, by keys of your choice that are unique within the call; a second use of a key fails
     *     the call, except in a task, where each request waits for its own response
     * @return the response to each request, under the same keys
     * @throws McpException if the client did not declare the capability that a request needs
     */
    Map<String, ClientResponse> request(Map<String, ClientRequest> requests);

    /** Sends one request to the client; see {@link #request(Map)}. */
    default ClientResponse request(String key, ClientRequest request) {
        return Objects.requireNonNull(request(Map.of(key, request)).get(key));
    }

    /**
     * Asks the user to fill in a form, and returns the entries as a record. If the entries do not match the form, the
     * user is asked once more. If the user declines, the call ends with an error for the caller, and no later line of
     * the handler runs.
     *
     * <pre>{@code
     * record Confirmation(@Description("Delete the file for good") boolean sure) {}
     *
     * if (call.elicit("sure", "Delete " + file + "?", Confirmation.class).sure()) {
     *     delete(file);
     * }
     * }</pre>
     *
     * To continue after a refusal, {@link #request(String, ClientRequest) send} a {@link ClientRequest#form(String,
     * Class)} and check whether the user {@link ClientResponse#accepted accepted}.
     *
     * @param key unique within the call; a second use fails the call, except in a task
     * @param message one sentence on the purpose of the form
     * @param form the record class whose components are the fields
     * @throws ToolException {@link ErrorCode#DECLINED} if the user declines or closes the form, {@link
     *     ErrorCode#INVALID_PARAMS} if the entries do not match the form the second time either
     * @throws McpException if the client cannot show forms
     */
    default <T extends Record> T elicit(String key, String message, Class<T> form) {
        Preconditions.notNull(key, "Call", "elicit");
        return request(key, ClientRequest.form(message, form)).content(form);
    }

    /**
     * Returns the data that the {@linkplain ConfirmationMessage#about confirmation message} of this call describes, as it
     * was when the server composed the message for the last time, just before the handler. Make the change depend on the
     * version of this data, so that a change by another caller in between is a conflict.
     *
     * @param type the class of the data
     * @return the data; empty if the message has none, or the call only {@linkplain Idempotency#EXACTLY_ONCE returns the
     *     result} of an earlier one
     */
    default <T> Optional<T> confirmed(Class<T> type) {
        return Optional.empty();
    }

    /**
     * Runs a side effect once, although the handler runs again for each round of responses. The result travels with the
     * client request, sealed so that the client can neither read nor change it.
     *
     * <p>"Once" holds only for a client that follows the protocol. In revision 2026-07-28 the server stores nothing
     * between two rounds of a call without an {@linkplain Idempotency idempotency key}, so it cannot distinguish a new
     * call from a client that omits {@code requestState}, sends an old one again, or calls a second time: then the
     * effect happens again. If an effect must never happen twice (a payment, an order), require a key, or store one of
     * the application with the effect, and look it up in {@code effect}. While a call with a key waits for its client
     * after an effect, every other attempt with the key is in progress.
     *
     * @param key unique within the call; a second use fails the call
     * @param effect the side effect; its result is small JSON
     */
    Json runOnce(String key, Supplier<Json> effect);

    /**
     * Turns the call into a task that the client polls, if the tool and the client both support tasks; otherwise it has
     * no effect. It is for tools that are declared with {@link Tool.Builder#asTaskOnDemand}: client requests before it
     * end the call as usual, and client requests after it wait in the task.
     */
    void startTask();

    /**
     * Closes the connection while the call continues, if the client can resume the stream (a legacy stream with {@code
     * Last-Event-ID}); otherwise it has no effect.
     *
     * @param retryAfter the time after which the client should reconnect
     */
    void closeStream(Duration retryAfter);
}
