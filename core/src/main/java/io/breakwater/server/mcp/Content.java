package io.breakwater.server.mcp;

import io.breakwater.port.Json;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** One content block of a tool result or a prompt message (MCP {@code ContentBlock}). */
public sealed interface Content {

    /** Plain text. */
    record Text(String text) implements Content {
        /** Refuses null. */
        public Text {
            Preconditions.notNull(text, "Content", "text");
        }
    }

    /**
     * An image.
     *
     * @param base64 the bytes in base64, with padding
     * @param mimeType the media type, for example {@code image/png}
     */
    record Image(String base64, String mimeType) implements Content {}

    /**
     * An audio clip.
     *
     * @param base64 the bytes in base64, with padding
     * @param mimeType the media type, for example {@code audio/wav}
     */
    record Audio(String base64, String mimeType) implements Content {}

    /** A resource with its contents. */
    record Embedded(ResourceContents resource) implements Content {}

    /**
     * A link to a resource.
     *
     * @param uri the URI of the resource
     * @param name the name for programs
     * @param description the description for users, or null
     * @param mimeType the media type, or null if it is unknown
     */
    record Link(
            String uri,
            String name,
            @Nullable String description,
            @Nullable String mimeType) implements Content {}

    /** A block that is already an MCP {@code ContentBlock}. */
    record Other(Json.Obj block) implements Content {}

    /** Plain text. */
    static Content text(String text) {
        return new Text(text);
    }

    /** Returns an image block. */
    static Content image(byte[] bytes, String mimeType) {
        return new Image(Base64.getEncoder().encodeToString(bytes), mimeType);
    }

    /** Returns an audio block. */
    static Content audio(byte[] bytes, String mimeType) {
        return new Audio(Base64.getEncoder().encodeToString(bytes), mimeType);
    }

    /** Returns the block as an MCP {@code ContentBlock}. */
    default Json.Obj json() {
        return switch (this) {
            case Text(String text) ->
                Json.object().put("type", "text").put("text", text).build();
            case Image(String base64, String mimeType) -> media("image", base64, mimeType);
            case Audio(String base64, String mimeType) -> media("audio", base64, mimeType);
            case Embedded(ResourceContents resource) ->
                Json.object()
                        .put("type", "resource")
                        .put("resource", resource.json())
                        .build();
            case Link link ->
                Json.object()
                        .put("type", "resource_link")
                        .put("uri", link.uri)
                        .put("name", link.name)
                        .putIfPresent("description", link.description)
                        .putIfPresent("mimeType", link.mimeType)
                        .build();
            case Other(Json.Obj block) -> block;
        };
    }

    private static Json.Obj media(String type, String base64, String mimeType) {
        return Json.object()
                .put("type", type)
                .put("data", base64)
                .put("mimeType", mimeType)
                .build();
    }
}
