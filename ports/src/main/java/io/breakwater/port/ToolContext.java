package io.breakwater.port;

import org.jspecify.annotations.Nullable;

/** The interface between a running tool and its client: progress, logs and client requests. */
public interface ToolContext {

    /** The deadline, cancellation and ids of the call. */
    CallContext callContext();

    /**
     * A name for tools that keep state between calls: the same for all calls of a session, and a new one for each call
     * of the modern era, which has no sessions. Never empty, and not secret.
     */
    default String session() {
        return callContext().requestId();
    }

    /** The client's {@code ClientCapabilities}. */
    Json.Obj clientCapabilities();

    /** The client's {@code Implementation}; empty when it sent none. */
    Json.Obj clientInfo();

    /** The protocol revision of this call. */
    String protocolVersion();

    /** The request's {@code _meta}. */
    Json.Obj meta();

    /** Reports progress, if the client requested it. */
    void progress(double done, @Nullable Double total, @Nullable String message);

    /** Sends a log message to the client, if the client requested that level. */
    void log(String level, @Nullable String logger, Json data);

    /**
     * Sends a client request ({@code elicitation/create}, {@code sampling/createMessage}, {@code roots/list}) and waits
     * for its result. In the modern era this unwinds the call with an {@link Error} that must not be caught; the call
     * runs again from its start when the client has responded. Requests are identified by their order and their
     * content, so a call must send the same requests in the same order in each run. May be called on any thread that
     * can wait.
     *
     * @throws io.breakwater.port.PortException when there is no result; {@code ProtocolErrorException} when the client
     *     responds with an error
     */
    Json.Obj request(String method, Json.Obj params);
}
