package io.breakwater.bootstrap.cli;

import io.breakwater.port.Json;
import io.breakwater.port.JsonSyntaxException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Builds the arguments of a call from the command line. */
final class ToolArguments {
    private final ProcessEnvironment process;

    ToolArguments(ProcessEnvironment process) {
        this.process = process;
    }

    /** Returns the members of the JSON object, replaced and supplemented by the pairs. */
    Json.Obj of(Json.Obj tool, @Nullable String json, Map<String, String> pairs) {
        var arguments = Json.object();
        if (json != null) {
            object(json).members().forEach(arguments::put);
        }
        var properties = tool.object("inputSchema").object("properties");
        pairs.forEach((name, text) -> arguments.put(name, value(properties.object(name), text)));
        return arguments.build();
    }

    private Json.Obj object(String json) {
        if (parse(source(json)) instanceof Json.Obj object) {
            return object;
        }
        throw new NoSuchElementException("--args must be a JSON object, such as {\"name\": \"value\"}.");
    }

    private String source(String json) {
        try {
            if (json.equals("-")) {
                return new String(process.in().readAllBytes(), StandardCharsets.UTF_8);
            }
            return json.startsWith("@") ? Files.readString(process.folder().resolve(Path.of(json.substring(1)))) : json;
        } catch (IOException unreadable) {
            throw new NoSuchElementException(
                    "--args cannot be read: " + unreadable.getMessage() + " (" + json + ")", unreadable);
        }
    }

    private static Json value(Json.Obj schema, String text) {
        if ("string".equals(schema.text("type"))) {
            return Json.of(text);
        }
        var parsed = parse(text);
        return parsed == null ? Json.of(text) : parsed;
    }

    /** Returns the value, or null when the text is not JSON. */
    private static @Nullable Json parse(String text) {
        try {
            return Json.parse(text);
        } catch (JsonSyntaxException notJson) {
            return null;
        }
    }
}
