package io.breakwater.core.presentation.method;

import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.Json;
import io.breakwater.server.mcp.McpException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads parameters that are maps of strings. */
final class StringArguments {
    private StringArguments() {}

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

    static String required(ParsedJson params, String member) {
        var text = params.text(member);
        if (text == null) {
            throw McpException.invalidParams("\"" + member + "\" must be a string");
        }
        return text;
    }
}
