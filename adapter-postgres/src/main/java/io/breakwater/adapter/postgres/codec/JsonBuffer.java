package io.breakwater.adapter.postgres.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;

/** JSON in UTF-8 as it grows. Not thread-safe. */
public final class JsonBuffer {
    private static final byte[] HEX = "0123456789abcdef".getBytes(UTF_8);
    private static final byte[] NULL = "null".getBytes(UTF_8);

    private byte[] bytes = new byte[512];
    private int size;

    /** How many bytes there are. */
    public int size() {
        return size;
    }

    /** Forgets all but the first so many bytes. */
    public void truncate(int size) {
        this.size = size;
    }

    /** A copy of what there is. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** One byte of syntax. */
    public void raw(char syntax) {
        room(1);
        bytes[size++] = (byte) syntax;
    }

    /** Bytes that are JSON already. */
    public void raw(byte[] json) {
        raw(json, 0, json.length);
    }

    /** Bytes that are JSON already. */
    public void raw(byte[] json, int from, int to) {
        room(to - from);
        System.arraycopy(json, from, bytes, size, to - from);
        size += to - from;
    }

    /** The literal null. */
    public void nothing() {
        raw(NULL);
    }

    /**
     * A document that may hold line breaks between its tokens, where they become spaces: a message of ours is one line
     * on some wires.
     */
    public void document(byte[] json, int from, int to) {
        room(to - from);
        for (int i = from; i < to; i++) {
            bytes[size++] = json[i] < ' ' && json[i] >= 0 ? (byte) ' ' : json[i];
        }
    }

    /** A string. */
    public void text(byte[] utf8) {
        text(utf8, 0, utf8.length);
    }

    /** A string. */
    public void text(byte[] utf8, int from, int to) {
        raw('"');
        room(to - from);
        int clean = from;
        for (int i = from; i < to; i++) {
            byte b = utf8[i];
            if ((b >= 0 && b < ' ') || b == '"' || b == '\\') {
                raw(utf8, clean, i);
                escaped(b);
                clean = i + 1;
            }
        }
        raw(utf8, clean, to);
        raw('"');
    }

    /** A string of base64 (RFC 4648, with padding). */
    public void base64(byte[] data) {
        raw('"');
        raw(Base64.getEncoder().encode(data));
        raw('"');
    }

    private void escaped(byte b) {
        raw('\\');
        switch (b) {
            case '"', '\\' -> raw((char) b);
            case '\n' -> raw('n');
            case '\r' -> raw('r');
            case '\t' -> raw('t');
            case '\b' -> raw('b');
            case '\f' -> raw('f');
            default -> raw(new byte[] {'u', '0', '0', HEX[b >> 4], HEX[b & 0xf]});
        }
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length + (bytes.length >> 1)));
        }
    }
}
