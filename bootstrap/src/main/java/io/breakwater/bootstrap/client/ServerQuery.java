package io.breakwater.bootstrap.client;

import io.breakwater.port.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request.
 *
 * @param method {@code tools/list}
 * @param params its parameters
 * @param name what it is about, where the wire wants that in a header of its own, or null
 * @param mirrored further header fields that repeat arguments
 */
public record ServerQuery(
        String method, Json.Obj params, @Nullable String name, Map<String, String> mirrored) {

    /** One page of a list; the first one without a cursor. */
    static ServerQuery page(String method, @Nullable String cursor) {
        return new ServerQuery(
                method, Json.object().putIfPresent("cursor", cursor).build(), null, Map.of());
    }
}
