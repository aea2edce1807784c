package io.breakwater.core.presentation.server;

import io.breakwater.port.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server says of itself.
 *
 * @param name for programs
 * @param title for people, or null
 * @param version of the server, not of the protocol
 * @param instructions how a model should use it, or null
 */
public record ServerIdentity(
        String name,
        @Nullable String title,
        String version,
        @Nullable String instructions) {

    /** The revision of the stateless era. */
    public static final String MODERN = "2026-07-28";

    /** The revisions that begin with {@code initialize}, the newest first. */
    public static final List<String> LEGACY = List.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");

    /** Everything that is spoken here, the newest first. */
    public static final List<String> ALL = List.of(MODERN, "2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");

    /** The {@code Implementation} object. */
    public Json.Obj json() {
        return Json.object()
                .put("name", name)
                .putIfPresent("title", title)
                .put("version", version)
                .build();
    }
}
