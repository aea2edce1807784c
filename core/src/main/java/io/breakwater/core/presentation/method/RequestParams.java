package io.breakwater.core.presentation.method;

import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.Json;
import io.breakwater.server.mcp.McpException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of requests. An invalid one is an {@link McpException} that names it. */
public final class RequestParams {
    private RequestParams() {}

    /** Returns a member that must be a string. */
    public static String text(ParsedJson params, String member) {
        var text = params.text(member);
        if (text == null) {
            throw McpException.invalidParams("\"" + member + "\" must be a string");
        }
        return text;
    }

    /** Returns the cursor of a list, or null for its first page. */
    public static @Nullable String cursor(ParsedJson params) {
        return params.has("cursor") ? text(params, "cursor") : null;
    }

    /** Returns the arguments of a tool; without them, an empty object. */
    public static ParsedJson arguments(ParsedJson params) {
        var arguments = params.member("arguments");
        if (arguments == null) {
            return ParsedJson.EMPTY;
        }
        if (!arguments.isObject()) {
            throw McpException.invalidParams("\"arguments\" must be an object");
        }
        return arguments;
    }

    /** Returns a member that must be an object of strings; without it, an empty map. */
    static Map<String, String> texts(ParsedJson params, String member) {
        var texts = new LinkedHashMap<String, String>();
        params.object(member).members().forEach((name, value) -> {
            if (!(value instanceof Json.Text(String text))) {
                throw McpException.invalidParams("\"" + member + "." + name + "\" must be a string");
            }
            texts.put(name, text);
        });
        return texts;
    }
}
