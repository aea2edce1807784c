package io.breakwater.bootstrap.console;

import io.breakwater.port.Json;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.function.Consumer;

/**
 * Writes JSON. Whatever is not plain printable text inside a string is escaped, so that neither a terminal nor a reader
 * of lines can be misled by it.
 */
public final class JsonText {
    private static final String STEP = "  ";

    private final StringBuilder out;
    private final boolean indented;

    private JsonText(StringBuilder out, boolean indented) {
        this.out = out;
        this.indented = indented;
    }

    /** On one line. */
    public static String line(Json json) {
        return write(json, false);
    }

    /** On many lines, for reading. */
    public static String indented(Json json) {
        return write(json, true);
    }

    private static String write(Json json, boolean indented) {
        var out = new StringBuilder();
        new JsonText(out, indented).value(json, "\n");
        return out.toString();
    }

    private void value(Json json, String newLine) {
        switch (json) {
            case Json.Obj(var members) ->
                block('{', '}', members.entrySet().iterator(), newLine, member -> {
                    quote(member.getKey(), out);
                    out.append(indented ? ": " : ":");
                    value(member.getValue(), newLine + STEP);
                });
            case Json.Arr(var items) -> block('[', ']', items.iterator(), newLine, item -> value(item, newLine + STEP));
            case Json.Text(var text) -> quote(text, out);
            case Json.Decimal(var number) -> out.append(number);
            case Json.Bool bool -> out.append(bool.value());
            case Json.Null nothing -> out.append("null");
            case Json.Raw(var utf8) -> out.append(new String(utf8, StandardCharsets.UTF_8));
        }
    }

    private <T> void block(char open, char close, Iterator<T> parts, String newLine, Consumer<T> each) {
        out.append(open);
        boolean empty = !parts.hasNext();
        while (parts.hasNext()) {
            out.append(indented ? newLine + STEP : "");
            each.accept(parts.next());
            out.append(parts.hasNext() ? "," : "");
        }
        out.append(indented && !empty ? newLine : "").append(close);
    }

    /** Appends the text as a JSON string, quotation marks included. */
    public static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> character(text, i, out);
            }
        }
        out.append('"');
    }

    private static void character(String text, int at, StringBuilder out) {
        if (Sanitizer.isControl(text, at)) {
            out.append(text.charAt(at));
        } else {
            Sanitizer.escape(text.charAt(at), out);
        }
    }
}
