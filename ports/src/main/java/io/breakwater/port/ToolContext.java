package io.breakwater.port;

import org.jspecify.annotations.Nullable;

/** What a tool may say and ask while it works. */
public interface ToolContext {

    /** Deadline, cancellation, ids. */
    CallContext scope();

    /**
     * Names what this call is part of, for tools that remember things between calls: one name for all calls of a
     * session, a new one for each call where the wire knows no sessions. Never empty, and no secret.
     */
    default String session() {
        return scope().requestId();
    }

    /** The client's {@code ClientCapabilities}. */
    Json.Obj clientCapabilities();

    /** The client's {@code Implementation}; empty when it did not say. */
    Json.Obj clientInfo();

    /** The protocol revision this call is made in. */
    String protocolVersion();

    /** The request's {@code _meta}. */
    Json.Obj meta();

    /** Tells progress, if the client asked for it. */
    void progress(double done, @Nullable Double total, @Nullable String message);

    /** Logs to the client, if it wants that level. */
    void log(String level, @Nullable String logger, Json data);

    /**
     * Asks the client ({@code elicitation/create}, {@code sampling/createMessage}, {@code roots/list}) and waits for
     * its result. On a stateless wire this unwinds the call by an {@link Error} that must not be caught; the call is
     * made again from its start when the answer is there. Questions are told apart by their order and by what they
     * ask, so a call asks the same ones in each run, one after the other. May be called on any thread that can wait.
     *
     * @throws io.breakwater.port.PortException when there will be no answer; {@code ProtocolErrorException} when the
     *     client answers with an error
     */
    Json.Obj ask(String method, Json.Obj params);
}
