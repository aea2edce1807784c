package io.breakwater.server.mcp;

import io.breakwater.port.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An icon for a list (MCP {@code Icon}).
 *
 * @param src an {@code https:} or {@code data:} URI
 * @param mimeType the media type, or null if it is unknown
 * @param sizes the sizes, such as {@code "48x48"}, or {@code "any"}; empty if unknown
 */
public record Icon(String src, @Nullable String mimeType, List<String> sizes) {
    /** Refuses a URI that clients must not fetch. */
    public Icon {
        if (!src.startsWith("https://") && !src.startsWith("data:")) {
            throw new IllegalArgumentException("The src of an icon must be an https: or data: URI, not " + src);
        }
        sizes = List.copyOf(sizes);
    }

    /** Returns the icon as MCP defines it. */
    public Json json() {
        var icon = Json.object().put("src", src).putIfPresent("mimeType", mimeType);
        return (sizes.isEmpty() ? icon : icon.put("sizes", Json.texts(sizes))).build();
    }
}
