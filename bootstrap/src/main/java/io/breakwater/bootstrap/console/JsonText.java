package io.breakwater.bootstrap.console;

import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;

/**
 * Writes JSON. All characters of a string that are not plain printable text are escaped, so that they cannot affect a
 * terminal or a program that reads lines.
 */
public final class JsonText {
    private JsonText() {}

    /** Writes JSON on one line. */
    public static String line(Json json) {
        return printable(JsonWriter.text(json));
    }

    /** Writes JSON on several lines, for people. */
    public static String indented(Json json) {
        return printable(JsonWriter.indented(json));
    }

    /** Appends the text as a JSON string, quotation marks included. */
    public static void quote(String text, StringBuilder out) {
        append(JsonWriter.quoted(text), out);
    }

    private static String printable(String json) {
        var out = new StringBuilder(json.length());
        append(json, out);
        return out.toString();
    }

    /** The writer puts only spaces and line feeds between values, so that an escape is always inside a string. */
    private static void append(String json, StringBuilder out) {
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '\n' || Sanitizer.isPrintable(json, i)) {
                out.append(c);
            } else {
                Sanitizer.escape(c, out);
            }
        }
    }
}
