package io.breakwater.adapter.http;

import io.breakwater.port.Event;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** Encodes messages for an event stream (HTML Living Standard, server-sent events). */
final class SseFrames {
    /** A comment, which shows that the server is still connected. */
    static final Buffer COMMENT = Buffer.buffer(":\n\n");

    private static final byte[] ID = ascii("id: ");
    private static final byte[] RETRY = ascii("retry: ");
    private static final byte[] DATA = ascii("data: ");
    private static final byte LINE = '\n';
    private static final int OVERHEAD = 16;

    private SseFrames() {}

    /** Returns the lines of an event and the empty line that ends it. */
    static Buffer of(Event event) {
        var frame = Buffer.buffer(event.message().length
                + OVERHEAD
                + (event.id() == null ? 0 : event.id().length()));
        if (event.id() != null) {
            frame.appendBytes(ID).appendString(event.id()).appendByte(LINE);
        }
        if (event.retry() != null) {
            frame.appendBytes(RETRY)
                    .appendString(Long.toString(event.retry().toMillis()))
                    .appendByte(LINE);
        }
        appendData(frame, event.message());
        return frame.appendByte(LINE);
    }

    /**
     * Writes each line of the message as a field of its own, since a line break ends a field; the client joins them.
     */
    private static void appendData(Buffer frame, byte[] message) {
        int from = 0;
        for (int i = 0; i < message.length; i++) {
            if (message[i] == '\n' || message[i] == '\r') {
                frame.appendBytes(DATA).appendBytes(message, from, i - from).appendByte(LINE);
                from = i + 1;
            }
        }
        frame.appendBytes(DATA)
                .appendBytes(message, from, message.length - from)
                .appendByte(LINE);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
