package io.breakwater.sample.postgres;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/** Cuts what a client sends into its messages, however it arrives. Not for encrypted connections, nor thread-safe. */
final class FrontendStream {
    private static final int LENGTH = Integer.BYTES;
    private static final int FIRST_REQUEST = 80_877_102; // to cancel, to encrypt by TLS, to encrypt by GSSAPI
    private static final int LAST_REQUEST = 80_877_104;

    private final Consumer<FrontendMessage> listener;
    private byte[] pending = new byte[0];
    private boolean started;

    FrontendStream(Consumer<FrontendMessage> listener) {
        this.listener = listener;
    }

    /** The next bytes; tells of the messages that end with them. */
    void accept(byte[] buffer, int count) {
        byte[] bytes = Arrays.copyOf(pending, pending.length + count);
        System.arraycopy(buffer, 0, bytes, pending.length, count);
        int from = 0;
        for (int end = endOf(bytes, from); end >= 0; end = endOf(bytes, from)) {
            tell(bytes, from, end);
            from = end;
        }
        pending = Arrays.copyOfRange(bytes, from, bytes.length);
    }

    private int typeBytes() {
        return started ? 1 : 0;
    }

    /** Where the message ends that begins there; -1 when not all of it has arrived. */
    private int endOf(byte[] bytes, int from) {
        int length = from + typeBytes();
        if (bytes.length < length + LENGTH) {
            return -1;
        }
        int end = length + ByteBuffer.wrap(bytes).getInt(length);
        return end <= bytes.length ? end : -1;
    }

    private void tell(byte[] bytes, int from, int end) {
        char type = started ? (char) bytes[from] : FrontendMessage.START_UP;
        byte[] body = Arrays.copyOfRange(bytes, from + typeBytes() + LENGTH, end);
        started = started || !isRequest(body);
        listener.accept(new FrontendMessage(type, body));
    }

    private static boolean isRequest(byte[] startUp) {
        int code = ByteBuffer.wrap(startUp).getInt();
        return code >= FIRST_REQUEST && code <= LAST_REQUEST;
    }
}
