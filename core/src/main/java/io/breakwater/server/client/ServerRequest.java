package io.breakwater.server.client;

import io.breakwater.port.Json;

/**
 * A request from the server to the client, for example an elicitation, during a request of the client.
 *
 * @param key the key of the request in {@code input_required} (modern era), or the id of the request (legacy era)
 * @param method {@code elicitation/create}, {@code sampling/createMessage} or {@code roots/list}
 * @param params its parameters, as MCP defines them
 */
public record ServerRequest(String key, String method, Json.Obj params) {

    /** The {@code message} parameter; empty when the request has none. */
    public String message() {
        var message = params.text("message");
        return message == null ? "" : message;
    }
}
