package io.breakwater.adapter.http;

import io.breakwater.port.JsonWriter;
import io.breakwater.port.SettingNames;
import io.breakwater.port.driving.Authentication;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The bodies of refusals: each is a JSON-RPC error without id whose code is the HTTP status, which lies outside the
 * range that JSON-RPC and MCP reserve. Thread-safe.
 */
final class RejectionBodies {
    private final Map<RequestRejection, String> messages = new ConcurrentHashMap<>();
    private final SettingNames names;

    RejectionBodies(SettingNames names) {
        this.names = names;
    }

    private String message(RequestRejection why) {
        return messages.computeIfAbsent(why, first -> first.message(names));
    }

    /** Returns the JSON-RPC error. */
    Buffer of(RequestRejection why) {
        return of(why, "");
    }

    /** Returns the JSON-RPC error with a further sentence. */
    Buffer of(RequestRejection why, String more) {
        return error(why.status, message(why) + more);
    }

    /** Returns the JSON-RPC error for a sender who was not accepted. */
    Buffer of(Authentication.Challenge challenge) {
        return error(challenge.status(), challenge.message());
    }

    private static Buffer error(int status, String message) {
        return Buffer.buffer("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":" + status + ",\"message\":"
                + JsonWriter.quoted(message) + "}}");
    }
}
