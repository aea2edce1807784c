package io.breakwater.server.client;

import io.breakwater.port.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The arguments that header fields {@code Mcp-Param-…} repeat ({@code x-mcp-header} in the schemas), for all tools that
 * were listed. Thread-safe.
 */
final class ToolHeaderParams {
    private final Map<String, List<AnnotatedArgument>> byTool = new ConcurrentHashMap<>();

    /** An argument, by the member names that lead to it, and the name of the header field that repeats it. */
    private record AnnotatedArgument(List<String> path, String field) {}

    void update(List<Json.Obj> tools) {
        for (var tool : tools) {
            var name = tool.text("name");
            if (name != null) {
                var found = new ArrayList<AnnotatedArgument>();
                collect(tool.object("inputSchema"), List.of(), found);
                byTool.put(name, List.copyOf(found));
            }
        }
    }

    /** Collects annotations that are reachable through {@code properties} alone; others do not count. */
    private static void collect(Json.Obj schema, List<String> path, List<AnnotatedArgument> found) {
        schema.object("properties").members().forEach((name, property) -> {
            if (property instanceof Json.Obj inner) {
                var longer = new ArrayList<>(path);
                longer.add(name);
                var field = inner.text("x-mcp-header");
                if (field != null) {
                    found.add(new AnnotatedArgument(List.copyOf(longer), "Mcp-Param-" + field));
                }
                collect(inner, longer, found);
            }
        });
    }

    Map<String, String> headerFields(String tool, Json.Obj arguments) {
        var fields = new LinkedHashMap<String, String>();
        for (var argument : byTool.getOrDefault(tool, List.of())) {
            var value = text(find(arguments, argument.path));
            if (value != null) {
                fields.put(argument.field, value);
            }
        }
        return fields;
    }

    private static @Nullable Json find(Json.Obj arguments, List<String> path) {
        Json found = arguments;
        for (var name : path) {
            found = found instanceof Json.Obj object ? object.get(name) : null;
        }
        return found;
    }

    private static @Nullable String text(@Nullable Json value) {
        return switch (value) {
            case Json.Text(String text) -> HeaderFieldText.encoded(text);
            case Json.Decimal(var number) -> number.toPlainString();
            case Json.Bool bool -> String.valueOf(bool.value());
            case null, default -> null;
        };
    }
}
