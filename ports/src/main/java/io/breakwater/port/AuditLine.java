package io.breakwater.port;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/** Writes the line of an {@link AuditEntry}. Members with an empty text are left out. */
final class AuditLine {
    private static final int CAPACITY = 512;
    private static final int NANOS_PER_MICRO = 1_000;

    private final JsonWriter json = new JsonWriter(CAPACITY);

    private AuditLine() {}

    static AuditLine begin(AuditEntry entry, String event, String log) {
        var line = new AuditLine();
        line.json.ascii("{\"time\":\"");
        line.time(entry.time());
        line.json.character('"');
        return line.text("event", event).text("log", log);
    }

    /** Writes a time in microseconds. Java's formatter takes longer than the rest of the line. */
    private void time(Instant time) {
        var utc = LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, ZoneOffset.UTC);
        digits(1_000, utc.getYear()).character('-');
        digits(10, utc.getMonthValue()).character('-');
        digits(10, utc.getDayOfMonth()).character('T');
        digits(10, utc.getHour()).character(':');
        digits(10, utc.getMinute()).character(':');
        digits(10, utc.getSecond()).character('.');
        digits(100_000, time.getNano() / NANOS_PER_MICRO).character('Z');
    }

    /** Writes the decimal digits of a number, from the one with this value on. */
    private JsonWriter digits(int highest, int number) {
        for (int value = highest; value > 0; value /= 10) {
            json.character((char) ('0' + number / value % 10));
        }
        return json;
    }

    AuditLine text(String name, String value) {
        if (!value.isEmpty()) {
            json.ascii(",\"").ascii(name).ascii("\":");
            if (isPlain(value)) {
                json.character('"').ascii(value).character('"');
            } else {
                json.raw(escaped(value).getBytes(StandardCharsets.UTF_8));
            }
        }
        return this;
    }

    AuditLine number(String name, long value) {
        json.ascii(",\"").ascii(name).ascii("\":").ascii(Long.toString(value));
        return this;
    }

    byte[] end() {
        return json.character('}').toBytes();
    }

    /** Returns true for printable ASCII without characters that need an escape. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private static String escaped(String text) {
        var out = new StringBuilder(text.length() + 16).append('"');
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            append(character, out);
            i += Character.charCount(character);
        }
        return out.append('"').toString();
    }

    private static void append(int character, StringBuilder out) {
        if (character == '"' || character == '\\') {
            out.append('\\').append((char) character);
        } else if (isPrintable(character)) {
            out.appendCodePoint(character);
        } else {
            for (char unit : Character.toChars(character)) {
                out.append("\\u").append(String.format(Locale.ROOT, "%04x", (int) unit));
            }
        }
    }

    /** Returns false for characters that change what a terminal or an editor shows. */
    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
