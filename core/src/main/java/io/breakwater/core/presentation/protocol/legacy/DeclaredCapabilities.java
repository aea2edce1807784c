package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.port.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Of the {@code ClientCapabilities} that a client declares, those that the specification names. They are kept for as
 * long as the session; what else a client writes there, such as {@code experimental}, could be of any size.
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

    /** A flag as it is, anything else as a capability without details. */
    private static @Nullable Json known(@Nullable Json part) {
        return part == null || part instanceof Json.Bool ? part : Json.Obj.EMPTY;
    }
}
