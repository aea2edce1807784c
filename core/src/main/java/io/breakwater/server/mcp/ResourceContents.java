package io.breakwater.server.mcp;

import io.breakwater.port.Json;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What a resource holds: text, or bytes. */
public sealed interface ResourceContents {

    /** Text; {@code mimeType} may be null. */
    record Text(String uri, @Nullable String mimeType, String text) implements ResourceContents {}

    /** Bytes in base64; {@code mimeType} may be null. */
    record Blob(String uri, @Nullable String mimeType, String base64) implements ResourceContents {}

    /** Text. */
    static ResourceContents text(String uri, String mimeType, String text) {
        return new Text(uri, mimeType, text);
    }

    /** Bytes. */
    static ResourceContents blob(String uri, String mimeType, byte[] bytes) {
        return new Blob(uri, mimeType, Base64.getEncoder().encodeToString(bytes));
    }

    /** As MCP writes it. */
    default Json.Obj json() {
        return switch (this) {
            case Text(String uri, var mimeType, String text) ->
                Json.object()
                        .put("uri", uri)
                        .putIfPresent("mimeType", mimeType)
                        .put("text", text)
                        .build();
            case Blob(String uri, var mimeType, String base64) ->
                Json.object()
                        .put("uri", uri)
                        .putIfPresent("mimeType", mimeType)
                        .put("blob", base64)
                        .build();
        };
    }
}
