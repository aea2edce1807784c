package io.breakwater.adapter.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.breakwater.sample.waiting.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Speaks HTTP/2 frame by frame, so that it can open streams which it was not allowed. */
final class RawHttp2 implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PRIORITY = 2;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int CONTINUATION = 9;

    private static final int PATIENCE_MILLIS = Math.toIntExact(Eventually.SECONDS * 1_000);
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int ACK = 1;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    /** A frame that came. */
    record Frame(int type, int flags, int stream, byte[] payload) {
        /** The error code of a reset. */
        int code() {
            return payload[3];
        }
    }

    /** A connection whose settings are agreed on by both sides. */
    RawHttp2(String host, int port) {
        this(host, port, true);
    }

    /** A connection whose client has not acknowledged the settings of the server. */
    static RawHttp2 withoutAgreement(String host, int port) {
        return new RawHttp2(host, port, false);
    }

    private RawHttp2(String host, int port, boolean agreeing) {
        try {
            socket = new Socket(host, port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new DataInputStream(socket.getInputStream());
            out = socket.getOutputStream();
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        send(SETTINGS, 0, 0, new byte[0]);
        for (boolean agreed = !agreeing; !agreed; ) {
            var frame = next();
            agreed = frame.type == SETTINGS && frame.flags == 0;
        }
        if (agreeing) {
            send(SETTINGS, ACK, 0, new byte[0]);
        }
    }

    /** Opens a stream with the head of a POST, and further fields: names and values by turns. */
    RawHttp2 head(int stream, String... more) {
        var fields = new ArrayList<>(List.of(":method", "POST", ":scheme", "http", ":path", "/mcp"));
        fields.addAll(List.of(":authority", "localhost", "content-type", "application/json"));
        fields.addAll(List.of(more));
        return head(stream, fields);
    }

    /** Opens a stream with a head of these fields alone: names and values by turns. */
    RawHttp2 head(int stream, List<String> fields) {
        var block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.size(); i += 2) {
            field(block, fields.get(i), fields.get(i + 1));
        }
        return send(HEADERS, END_HEADERS, stream, block.toByteArray());
    }

    /** A field is a literal whose name is new (RFC 7541 section 6.2.2); both texts are written as they are. */
    private static void field(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        for (var text : List.of(name, value)) {
            block.write(text.length());
            block.writeBytes(text.getBytes(US_ASCII));
        }
    }

    /** A piece of the body of a stream, not the last one. */
    RawHttp2 data(int stream, String piece) {
        return send(DATA, 0, stream, piece.getBytes(US_ASCII));
    }

    /** The body of a stream, and its end. */
    RawHttp2 body(int stream, String body) {
        return send(DATA, END_STREAM, stream, body.getBytes(US_ASCII));
    }

    RawHttp2 send(int type, int flags, int stream, byte[] payload) {
        var frame = new ByteArrayOutputStream();
        frame.writeBytes(
                new byte[] {0, (byte) (payload.length >> 8), (byte) payload.length, (byte) type, (byte) flags});
        frame.writeBytes(new byte[] {0, 0, (byte) (stream >> 8), (byte) stream});
        frame.writeBytes(payload);
        try {
            out.write(frame.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** The next frame of that type; the end of the connection fails, unless it is waited for. */
    Frame await(int type) {
        for (var frame = next(); ; frame = next()) {
            if (frame.type == type) {
                return frame;
            }
            if (frame.type == GOAWAY) {
                throw new AssertionError("the connection ends: " + new String(frame.payload, US_ASCII));
            }
        }
    }

    private Frame next() {
        try {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            return new Frame(type, flags, stream, in.readNBytes(length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
