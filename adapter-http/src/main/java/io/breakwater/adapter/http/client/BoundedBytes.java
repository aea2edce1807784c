package io.breakwater.adapter.http.client;

import io.breakwater.port.PortException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Collects the bytes of a message, up to a limit. Not thread-safe. */
final class BoundedBytes {
    private final int max;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** The maximum size that the MCP client accepts is not smaller, so that this limit only saves memory. */
    static final int MAX_MESSAGE = 64 << 20;

    BoundedBytes(int max) {
        this.max = max;
    }

    void add(int value) {
        check(1);
        bytes.write(value);
    }

    void add(byte[] values) {
        check(values.length);
        bytes.writeBytes(values);
    }

    void add(ByteBuffer values) {
        check(values.remaining());
        var copy = new byte[values.remaining()];
        values.get(copy);
        bytes.writeBytes(copy);
    }

    private void check(int more) {
        if (more > max - bytes.size()) {
            throw new PortException.RefusedException("The server sent a message of more than " + max + " bytes.", null);
        }
    }

    int size() {
        return bytes.size();
    }

    /** Returns the bytes and removes them. */
    byte[] drain() {
        var all = bytes.toByteArray();
        bytes.reset();
        return all;
    }
}
