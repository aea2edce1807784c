package io.breakwater.core.presentation.json;

import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes JSON-RPC 2.0 messages, each on one line. */
public final class MessageWriter {
    private static final byte[] HEAD = ascii("{\"jsonrpc\":\"2.0\",\"id\":");
    private static final byte[] RESULT = ascii(",\"result\":");
    private static final byte[] NO_ID = ascii("{\"jsonrpc\":\"2.0\"");

    private MessageWriter() {}

    /** Returns a writer with the start of a result response; the caller appends the result and a closing brace. */
    public static JsonWriter result(RequestId id, int sizeHint) {
        return new JsonWriter(HEAD.length + RESULT.length + 24 + sizeHint)
                .raw(HEAD)
                .raw(utf8(id))
                .raw(RESULT);
    }

    /** Returns a result response. */
    public static byte[] result(RequestId id, Json result) {
        int hint = result instanceof Json.Raw(byte[] utf8) ? utf8.length : 256;
        return result(id, hint).json(result).character('}').toBytes();
    }

    /** Returns an error response; without an id if the id could not be read. */
    public static byte[] error(@Nullable RequestId id, int code, String message, @Nullable Json data) {
        var error = Json.object().put("code", code).put("message", message).putIfPresent("data", data);
        var writer = new JsonWriter(256).raw(NO_ID);
        if (id != null) {
            writer.ascii(",\"id\":").raw(utf8(id));
        }
        return writer.ascii(",\"error\":").json(error.build()).character('}').toBytes();
    }

    /** Returns a notification. */
    public static byte[] notification(String method, Json.Obj params) {
        var message = Json.object().put("jsonrpc", "2.0").put("method", method);
        return JsonWriter.bytes((params.members().isEmpty() ? message : message.put("params", params)).build());
    }

    /** Returns a request of this server. */
    public static byte[] request(RequestId id, String method, Json.Obj params) {
        var writer = new JsonWriter(256)
                .raw(HEAD)
                .raw(utf8(id))
                .ascii(",\"method\":")
                .string(method);
        if (!params.members().isEmpty()) {
            writer.ascii(",\"params\":").json(params);
        }
        return writer.character('}').toBytes();
    }

    /** An id as it is echoed. */
    private static byte[] utf8(RequestId id) {
        return id.json().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
