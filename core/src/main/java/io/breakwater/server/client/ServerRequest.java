package io.breakwater.server.client;

import io.breakwater.port.Json;

/**
 * Something a server asks its client while a request is under way.
 *
 * @param key the server's name for the question on the modern wire; the request's id before
 * @param method {@code elicitation/create}, {@code sampling/createMessage} or {@code roots/list}
 * @param params what is asked, as MCP writes it
 */
public record ServerRequest(String key, String method, Json.Obj params) {

    /** What the user or the model is told; empty when it is said in another way. */
    public String message() {
        var message = params.text("message");
        return message == null ? "" : message;
    }
}
