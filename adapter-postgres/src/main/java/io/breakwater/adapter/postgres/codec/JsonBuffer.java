package io.breakwater.adapter.postgres.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;

/** A growing buffer of JSON in UTF-8. Not thread-safe. */
public final class JsonBuffer {
    private static final byte[] HEX = "0123456789abcdef".getBytes(UTF_8);
    private static final byte[] NULL = "null".getBytes(UTF_8);

    private byte[] bytes = new byte[512];
    private int size;

    /** The number of bytes in the buffer. */
    public int size() {
        return size;
    }

    /** Drops all bytes after the first {@code size}. */
    public void truncate(int size) {
        this.size = size;
    }

    /** Returns a copy of the content. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** Appends one byte of JSON syntax. */
    public void raw(char syntax) {
        ensureCapacity(1);
        bytes[size++] = (byte) syntax;
    }

    /** Appends bytes that are JSON. */
    public void raw(byte[] json) {
        raw(json, 0, json.length);
    }

    /** Appends bytes that are JSON. */
    public void raw(byte[] json, int from, int to) {
        ensureCapacity(to - from);
        System.arraycopy(json, from, bytes, size, to - from);
        size += to - from;
    }

    /** Appends the literal null. */
    public void writeNull() {
        raw(NULL);
    }

    /**
     * Appends a JSON document. Line breaks between its tokens become spaces, because some transports require messages
     * of one line.
     */
    public void document(byte[] json, int from, int to) {
        ensureCapacity(to - from);
        for (int i = from; i < to; i++) {
            bytes[size++] = json[i] < ' ' && json[i] >= 0 ? (byte) ' ' : json[i];
        }
    }

    /** Appends a string. */
    public void text(byte[] utf8) {
        text(utf8, 0, utf8.length);
    }

    /** Appends a string. */
    public void text(byte[] utf8, int from, int to) {
        raw('"');
        ensureCapacity(to - from);
        int clean = from;
        for (int i = from; i < to; i++) {
            byte b = utf8[i];
            if ((b >= 0 && b < ' ') || b == '"' || b == '\\') {
                raw(utf8, clean, i);
                writeEscape(b);
                clean = i + 1;
            }
        }
        raw(utf8, clean, to);
        raw('"');
    }

    /** Appends a string of base64 (RFC 4648, with padding). */
    public void base64(byte[] data) {
        raw('"');
        raw(Base64.getEncoder().encode(data));
        raw('"');
    }

    private void writeEscape(byte b) {
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

    private void ensureCapacity(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length + (bytes.length >> 1)));
        }
    }
}
