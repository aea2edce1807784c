package io.breakwater.adapter.postgres.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** A socket that reads through {@link BoundedInput}, unless it carries TLS. */
final class BoundedSocket extends Socket {
    private final int maxRowBytes;
    private @Nullable InputStream boundedInput;
    private boolean encrypted;

    BoundedSocket(int maxRowBytes) {
        this.maxRowBytes = maxRowBytes;
    }

    /** Stops filtering: the bytes are encrypted from now on. */
    void setEncrypted() {
        encrypted = true;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        if (encrypted) {
            return super.getInputStream();
        }
        if (boundedInput == null) {
            boundedInput = new BoundedInput(super.getInputStream(), maxRowBytes);
        }
        return boundedInput;
    }
}
