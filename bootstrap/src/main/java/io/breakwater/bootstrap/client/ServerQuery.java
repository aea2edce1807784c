package io.breakwater.bootstrap.client;

import io.breakwater.port.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to a server.
 *
 * @param method the method, for example {@code tools/list}
 * @param params its parameters
 * @param name the value of {@code Mcp-Name}, or null when the method has none
 * @param mirrored further header fields that repeat arguments, by name
 */
public record ServerQuery(
        String method, Json.Obj params, @Nullable String name, Map<String, String> mirrored) {

    /** Creates the request for one page of a list; the first page has no cursor. */
    static ServerQuery page(String method, @Nullable String cursor) {
        return new ServerQuery(
                method, Json.object().putIfPresent("cursor", cursor).build(), null, Map.of());
    }
}
