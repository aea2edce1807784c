package io.breakwater.adapter.postgres.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** A socket that gives its reader {@link RationedInput}, unless TLS is to be spoken through it. */
final class RationedSocket extends Socket {
    private final int ration;
    private @Nullable InputStream rationed;
    private boolean encrypted;

    RationedSocket(int ration) {
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
            rationed = new RationedInput(super.getInputStream(), ration);
        }
        return rationed;
    }
}
