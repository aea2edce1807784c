package io.breakwater.adapter.http;

import io.breakwater.port.JsonWriter;
import io.breakwater.port.SettingNames;
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
        return Buffer.buffer("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":" + why.status + ",\"message\":"
                + JsonWriter.quoted(message(why) + more) + "}}");
    }
}
