package io.breakwater.server.mcp;

import io.breakwater.port.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A picture for a list (MCP {@code Icon}).
 *
 * @param src an {@code https:} or {@code data:} URI
 * @param mimeType or null
 * @param sizes {@code "48x48"} and the like, or {@code "any"}; empty when unknown
 */
public record Icon(String src, @Nullable String mimeType, List<String> sizes) {
    /** Refuses a source that a client must not fetch. */
    public Icon {
        if (!src.startsWith("https://") && !src.startsWith("data:")) {
            throw new IllegalArgumentException("an icon's src is an https: or data: URI, not " + src);
        }
        sizes = List.copyOf(sizes);
    }

    /** As MCP writes it. */
    public Json json() {
        var icon = Json.object().put("src", src).putIfPresent("mimeType", mimeType);
        return (sizes.isEmpty() ? icon : icon.put("sizes", Json.texts(sizes))).build();
    }
}
