package io.breakwater.adapter.stdio;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Collects lines in one array, so that one call writes all of them. Not thread-safe. */
final class LineBuffer {
    private static final int INITIAL_CAPACITY = 1 << 13;
    private static final int MAX_RETAINED = 1 << 17;

    private byte[] bytes = new byte[INITIAL_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    void add(byte[] line) {
        var needed = Math.addExact(size, line.length + 1);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(
                    bytes, (int) Math.min(Integer.MAX_VALUE - Long.BYTES, Math.max(needed, 2L * bytes.length)));
        }
        System.arraycopy(line, 0, bytes, size, line.length);
        bytes[needed - 1] = '\n';
        size = needed;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
        out.flush();
    }

    /** Returns an empty buffer: this one, or a new one if the array has grown beyond {@code MAX_RETAINED}. */
    LineBuffer cleared() {
        size = 0;
        return bytes.length > MAX_RETAINED ? new LineBuffer() : this;
    }
}
