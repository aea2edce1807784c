package io.breakwater.server.client;

import io.breakwater.port.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which arguments of which tools are repeated as {@code Mcp-Param-…} ({@code x-mcp-header} in their schemas), as far as
 * the tools were listed. Thread-safe.
 */
final class ToolHeaderParams {
    private final Map<String, List<Annotated>> byTool = new ConcurrentHashMap<>();

    /** An argument, by the members that lead to it, and the field that repeats it. */
    private record Annotated(List<String> path, String field) {}

    void learn(List<Json.Obj> tools) {
        for (var tool : tools) {
            var name = tool.text("name");
            if (name != null) {
                var found = new ArrayList<Annotated>();
                collect(tool.object("inputSchema"), List.of(), found);
                byTool.put(name, List.copyOf(found));
            }
        }
    }

    /** Annotations count only where {@code properties} alone lead to them. */
    private static void collect(Json.Obj schema, List<String> path, List<Annotated> found) {
        schema.object("properties").members().forEach((name, property) -> {
            if (property instanceof Json.Obj inner) {
                var here = new ArrayList<>(path);
                here.add(name);
                var field = inner.text("x-mcp-header");
                if (field != null) {
                    found.add(new Annotated(List.copyOf(here), "Mcp-Param-" + field));
                }
                collect(inner, here, found);
            }
        });
    }

    Map<String, String> of(String tool, Json.Obj arguments) {
        var fields = new LinkedHashMap<String, String>();
        for (var annotated : byTool.getOrDefault(tool, List.of())) {
            var value = text(at(arguments, annotated.path));
            if (value != null) {
                fields.put(annotated.field, value);
            }
        }
        return fields;
    }

    private static @Nullable Json at(Json.Obj arguments, List<String> path) {
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
