package io.breakwater.core.presentation.method;

import io.breakwater.core.presentation.catalog.McpError;
import io.breakwater.core.presentation.json.Document;
import io.breakwater.port.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** Parameters that are plain maps of strings. */
final class Arguments {
    private Arguments() {}

    static Map<String, String> texts(Document params, String member) {
        var texts = new LinkedHashMap<String, String>();
        params.object(member).members().forEach((name, value) -> {
            if (!(value instanceof Json.Text(String text))) {
                throw McpError.invalidParams("\"" + member + "." + name + "\" must be a string");
            }
            texts.put(name, text);
        });
        return texts;
    }

    static String required(Document params, String member) {
        var text = params.text(member);
        if (text == null) {
            throw McpError.invalidParams("\"" + member + "\" must be a string");
        }
        return text;
    }
}
