package io.breakwater.server.mcp;

import io.breakwater.port.Json;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** One block of what a tool or prompt says (MCP {@code ContentBlock}). */
public sealed interface Content {

    /** Plain text. */
    record Text(String text) implements Content {}

    /**
     * A picture.
     *
     * @param base64 the bytes, base64 with padding
     * @param mimeType {@code image/png} and the like
     */
    record Image(String base64, String mimeType) implements Content {}

    /**
     * Sound.
     *
     * @param base64 the bytes, base64 with padding
     * @param mimeType {@code audio/wav} and the like
     */
    record Audio(String base64, String mimeType) implements Content {}

    /** A resource, whole. */
    record Embedded(ResourceContents resource) implements Content {}

    /**
     * A resource, by its address.
     *
     * @param name for programs
     * @param description for people, or null
     * @param mimeType or null when unknown
     */
    record Link(
            String uri,
            String name,
            @Nullable String description,
            @Nullable String mimeType) implements Content {}

    /** A block that is already in MCP's form. */
    record Other(Json.Obj block) implements Content {}

    /** Plain text. */
    static Content text(String text) {
        return new Text(text);
    }

    /** A picture. */
    static Content image(byte[] bytes, String mimeType) {
        return new Image(Base64.getEncoder().encodeToString(bytes), mimeType);
    }

    /** Sound. */
    static Content audio(byte[] bytes, String mimeType) {
        return new Audio(Base64.getEncoder().encodeToString(bytes), mimeType);
    }

    /** The block as MCP writes it. */
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
