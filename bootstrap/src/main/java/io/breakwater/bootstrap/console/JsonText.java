package io.breakwater.bootstrap.console;

import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;

/**
 * JSON for terminals and log lines: every character that is not plain printable text is escaped, so that it can neither
 * control a terminal nor begin a new line.
 */
public final class JsonText {
    private JsonText() {}

    /** On one line. */
    public static String line(Json json) {
        return printable(JsonWriter.text(json));
    }

    /** On many lines, for reading. */
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

    /** Between values the writer puts only spaces and line feeds, so that an escape can only stand in a string. */
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
