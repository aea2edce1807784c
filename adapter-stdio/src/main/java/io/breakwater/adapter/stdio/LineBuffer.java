package io.breakwater.adapter.stdio;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Lines one after the other in one array, ready to be written at once. Not thread-safe. */
final class LineBuffer {
    private static final int USUAL = 1 << 13;
    private static final int KEPT = 1 << 17;

    private byte[] bytes = new byte[USUAL];
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

    /** The same, empty; without its array if that has grown beyond what is needed every day. */
    LineBuffer cleared() {
        size = 0;
        return bytes.length > KEPT ? new LineBuffer() : this;
    }
}
