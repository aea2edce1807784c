package io.breakwater.bootstrap.client;

import io.breakwater.bootstrap.config.ProgramVersion;
import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.port.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Creates and parses the messages of both eras. */
final class MessageFormat {
    static final String MODERN = "2026-07-28";
    static final String LEGACY = "2025-11-25";

    private static final String PREFIX = "io.modelcontextprotocol/";
    private static final Json.Obj CLIENT_INFO = Json.object()
            .put("name", "breakwater-cli")
            .put("version", ProgramVersion.text())
            .build();

    private MessageFormat() {}

    /** Creates a modern request. */
    static byte[] modern(long id, ServerQuery query) {
        var meta = Json.object()
                .put(PREFIX + "protocolVersion", MODERN)
                .put(PREFIX + "clientCapabilities", Json.Obj.EMPTY)
                .put(PREFIX + "clientInfo", CLIENT_INFO)
                .build();
        return request(id, query.method(), with(query.params(), "_meta", meta));
    }

    /** Creates a request within a session. */
    static byte[] legacy(long id, ServerQuery query) {
        return request(id, query.method(), query.params());
    }

    /** Creates the request that begins a session. */
    static byte[] initialize(long id) {
        var params = Json.object()
                .put("protocolVersion", LEGACY)
                .put("capabilities", Json.Obj.EMPTY)
                .put("clientInfo", CLIENT_INFO)
                .build();
        return request(id, "initialize", params);
    }

    /** Creates the notification that the session has begun. */
    static byte[] initialized() {
        return bytes(Json.object()
                .put("jsonrpc", "2.0")
                .put("method", "notifications/initialized")
                .build());
    }

    private static byte[] request(long id, String method, Json.Obj params) {
        return bytes(Json.object()
                .put("jsonrpc", "2.0")
                .put("id", id)
                .put("method", method)
                .put("params", params)
                .build());
    }

    private static Json.Obj with(Json.Obj object, String name, Json value) {
        var copy = Json.object();
        object.members().forEach(copy::put);
        return copy.put(name, value).build();
    }

    private static byte[] bytes(Json json) {
        return JsonText.line(json).getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the result for an id, or null when the message is not the response to it. */
    static Json.@Nullable Obj result(byte[] message, long id) {
        if (!(ParsedJson.of(message) instanceof Json.Obj answer) || answer.has("method")) {
            return null;
        }
        if (answer.has("error")) {
            throw error(answer.object("error"));
        }
        boolean matches = answer.get("id") instanceof Json.Decimal(BigDecimal value) && value.longValue() == id;
        return matches ? answer.object("result") : null;
    }

    private static RemoteErrorException error(Json.Obj error) {
        int code = error.get("code") instanceof Json.Decimal(BigDecimal value) ? value.intValue() : 0;
        var message = error.text("message");
        return new RemoteErrorException(code, message == null ? "error " + code : message);
    }
}
