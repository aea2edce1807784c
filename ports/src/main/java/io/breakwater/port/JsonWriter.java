package io.breakwater.port;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes compact JSON as UTF-8 into a growing array. It does not track the structure, so callers write the commas. The
 * output is always one line, as stdio and SSE require. Not thread-safe.
 */
public final class JsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int length;

    /** Creates a writer with an initial capacity in bytes. */
    public JsonWriter(int capacity) {
        bytes = new byte[capacity];
    }

    /** Returns the value as bytes. */
    public static byte[] bytes(Json json) {
        return json instanceof Json.Raw(byte[] utf8) && isOneLine(utf8)
                ? utf8
                : new JsonWriter(256).json(json).toBytes();
    }

    private static boolean isOneLine(byte[] utf8) {
        for (byte b : utf8) {
            if (b == '\n' || b == '\r') {
                return false;
            }
        }
        return true;
    }

    /** Returns the value as text on one line. */
    public static String text(Json json) {
        return new String(bytes(json), StandardCharsets.UTF_8);
    }

    /** Returns the value as indented text, with one line for each member and each item. */
    public static String indented(Json json) {
        var writer = new JsonWriter(256);
        new IndentedJson(writer).value(json, 0);
        return new String(writer.toBytes(), StandardCharsets.UTF_8);
    }

    /** Returns the text as a JSON string. */
    public static String quoted(String text) {
        return new String(new JsonWriter(text.length() + 2).string(text).toBytes(), StandardCharsets.UTF_8);
    }

    /** Returns the output. */
    public byte[] toBytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    /** Writes bytes unchanged. */
    public JsonWriter raw(byte[] utf8) {
        return raw(utf8, 0, utf8.length);
    }

    /** Writes a range of bytes unchanged. */
    public JsonWriter raw(byte[] utf8, int from, int count) {
        ensure(count);
        System.arraycopy(utf8, from, bytes, length, count);
        length += count;
        return this;
    }

    /** Writes ASCII text unchanged. */
    @SuppressWarnings("deprecation") // the only copy without an encoder; the text is ASCII
    public JsonWriter ascii(String text) {
        int size = text.length();
        ensure(size);
        text.getBytes(0, size, bytes, length);
        length += size;
        return this;
    }

    /** Writes a JSON string. */
    @SuppressWarnings("deprecation") // the only copy without an encoder; the unescaped part is ASCII
    public JsonWriter string(String text) {
        int size = text.length();
        ensure(size + 2);
        int plain = unescapedLength(text, size);
        bytes[length++] = '"';
        text.getBytes(0, plain, bytes, length);
        length += plain;
        return plain == size ? character('"') : escapedRest(text, plain);
    }

    /** Returns how many characters at the start need no escape in a JSON string and take one byte. */
    private static int unescapedLength(String text, int size) {
        int i = 0;
        while (i < size) {
            char c = text.charAt(i);
            if (c >= 0x80 || c < 0x20 || c == '"' || c == '\\') {
                break;
            }
            i++;
        }
        return i;
    }

    /** Writes JSON text as a JSON string. */
    public JsonWriter quotedJson(byte[] utf8) {
        ensure(utf8.length + 2);
        bytes[length++] = '"';
        for (byte b : utf8) {
            escaped(b);
        }
        return ascii("\"");
    }

    private JsonWriter escapedRest(String text, int from) {
        for (byte b : text.substring(from).getBytes(StandardCharsets.UTF_8)) {
            escaped(b);
        }
        return ascii("\"");
    }

    private void escaped(byte b) {
        ensure(6);
        if (b == '"' || b == '\\') {
            bytes[length++] = '\\';
            bytes[length++] = b;
        } else if (b >= 0 && b < 0x20) {
            control(b);
        } else {
            bytes[length++] = b;
        }
    }

    private void control(byte b) {
        bytes[length++] = '\\';
        switch (b) {
            case '\n' -> bytes[length++] = 'n';
            case '\t' -> bytes[length++] = 't';
            case '\r' -> bytes[length++] = 'r';
            default -> {
                bytes[length++] = 'u';
                bytes[length++] = '0';
                bytes[length++] = '0';
                bytes[length++] = HEX[b >> 4];
                bytes[length++] = HEX[b & 0xf];
            }
        }
    }

    /** Writes a value. */
    public JsonWriter json(Json json) {
        return switch (json) {
            case Json.Obj(Map<String, Json> members) -> object(members);
            case Json.Arr(List<Json> items) -> array(items);
            case Json.Text(String value) -> string(value);
            case Json.Decimal(var value) -> ascii(value.toString());
            case Json.Bool bool -> ascii(bool.value() ? "true" : "false");
            case Json.Null ignored -> ascii("null");
            case Json.Raw(byte[] utf8) -> rawOnOneLine(utf8);
        };
    }

    /**
     * Writes JSON from another source. A line break in it can only be white space between values; it is replaced,
     * because it would end the message.
     */
    private JsonWriter rawOnOneLine(byte[] utf8) {
        int from = length;
        raw(utf8);
        for (int i = from; i < length; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                bytes[i] = ' ';
            }
        }
        return this;
    }

    private JsonWriter object(Map<String, Json> members) {
        char before = '{';
        for (var member : members.entrySet()) {
            character(before).string(member.getKey()).character(':').json(member.getValue());
            before = ',';
        }
        return members.isEmpty() ? ascii("{}") : character('}');
    }

    private JsonWriter array(List<Json> items) {
        char before = '[';
        for (var item : items) {
            character(before).json(item);
            before = ',';
        }
        return items.isEmpty() ? ascii("[]") : character(']');
    }

    /** Writes one ASCII character unchanged. */
    public JsonWriter character(char ascii) {
        ensure(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
