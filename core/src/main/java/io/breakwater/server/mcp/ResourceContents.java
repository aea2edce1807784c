package io.breakwater.server.mcp;

import io.breakwater.port.Json;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The contents of a resource: text or bytes. */
public sealed interface ResourceContents {

    /** Text; the media type may be null. */
    record Text(String uri, @Nullable String mimeType, String text) implements ResourceContents {}

    /** Bytes in base64; the media type may be null. */
    record Blob(String uri, @Nullable String mimeType, String base64) implements ResourceContents {}

    /** Returns contents in text. */
    static ResourceContents text(String uri, String mimeType, String text) {
        return new Text(uri, mimeType, text);
    }

    /** Returns contents in bytes. */
    static ResourceContents blob(String uri, String mimeType, byte[] bytes) {
        return new Blob(uri, mimeType, Base64.getEncoder().encodeToString(bytes));
    }

    /** Returns the contents as MCP defines them. */
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
