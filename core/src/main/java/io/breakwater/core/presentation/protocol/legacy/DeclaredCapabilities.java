package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.port.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Selects those {@code ClientCapabilities} that the specification names. They are stored for the life of the session;
 * other members, such as {@code experimental}, could have any size.
 */
final class DeclaredCapabilities {
    private static final Map<String, List<String>> KNOWN = Map.of(
            "roots", List.of("listChanged"),
            "sampling", List.of("context", "tools"),
            "elicitation", List.of("form", "url"),
            "extensions", List.of("io.modelcontextprotocol/tasks"));

    private DeclaredCapabilities() {}

    static Json.Obj known(Json.Obj declared) {
        var known = Json.object();
        declared.members().keySet().stream()
                .filter(KNOWN::containsKey)
                .forEach(name -> known.put(name, known(declared.object(name), KNOWN.getOrDefault(name, List.of()))));
        return known.build();
    }

    private static Json.Obj known(Json.Obj capability, List<String> parts) {
        var known = Json.object();
        parts.forEach(part -> known.putIfPresent(part, known(capability.get(part))));
        return known.build();
    }

    /** Keeps a boolean, and replaces any other value by an empty object. */
    private static @Nullable Json known(@Nullable Json part) {
        return part == null || part instanceof Json.Bool ? part : Json.Obj.EMPTY;
    }
}
