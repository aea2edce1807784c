package io.breakwater.core.presentation.protocol.common;

import io.breakwater.port.Json;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The identity of the server in the protocol.
 *
 * @param name the name for programs
 * @param title the title for users, or null
 * @param version the version of the server, not of the protocol
 * @param instructions tells a model how to use the server, or null
 */
public record ServerIdentity(
        String name,
        @Nullable String title,
        String version,
        @Nullable String instructions) {

    /** The header field with the revision of a message. */
    public static final String VERSION_FIELD = "MCP-Protocol-Version";

    /** The revision of the modern, stateless era. */
    public static final String MODERN = "2026-07-28";

    /** The revisions of the legacy era, in which a client begins with {@code initialize}, the newest first. */
    public static final List<String> LEGACY = List.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");

    /** All supported revisions, the newest first. */
    public static final List<String> ALL =
            Stream.concat(Stream.of(MODERN), LEGACY.stream()).toList();

    /** Returns the {@code Implementation} object. */
    public Json.Obj json() {
        return Json.object()
                .put("name", name)
                .putIfPresent("title", title)
                .put("version", version)
                .build();
    }
}
