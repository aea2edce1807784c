package io.breakwater.adapter.postgres.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** A socket that gives its reader {@link BoundedInput}, unless TLS is to be spoken through it. */
final class BoundedSocket extends Socket {
    private final int ration;
    private @Nullable InputStream rationed;
    private boolean encrypted;

    BoundedSocket(int ration) {
        this.ration = ration;
    }

    /** From now on gives what arrives as it is. */
    void becomeEncrypted() {
        encrypted = true;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        if (encrypted) {
            return super.getInputStream();
        }
        if (rationed == null) {
            rationed = new BoundedInput(super.getInputStream(), ration);
        }
        return rationed;
    }
}
