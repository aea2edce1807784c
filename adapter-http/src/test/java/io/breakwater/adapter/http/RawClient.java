package io.breakwater.adapter.http;

import io.breakwater.sample.waiting.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** Speaks HTTP/1.1 byte by byte, so that it can misbehave. */
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = Math.toIntExact(Eventually.SECONDS * 1_000);
    private final Socket socket;
    private final InputStream in;

    /** What came back. */
    record Answer(int status, Map<String, String> fields, String body) {
        String field(String name) {
            return fields.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    RawClient(String host, int port) {
        this(() -> new Socket(host, port));
    }

    /** A client that connects from this address of the machine. */
    static RawClient from(String address, String host, int port) {
        return new RawClient(() -> new Socket(host, port, InetAddress.getByName(address), 0));
    }

    private RawClient(Callable<Socket> connection) {
        try {
            socket = connection.call();
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = socket.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends the text, each line break as CR LF. */
    RawClient send(String text) {
        return sendBytes(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    RawClient sendBytes(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A POST with that body and those further lines of the head. */
    RawClient post(String body, String... lines) {
        var head = new StringBuilder("POST /mcp HTTP/1.1\nHost: localhost\nContent-Type: application/json\n");
        for (var line : lines) {
            head.append(line).append('\n');
        }
        return send(head + "Content-Length: " + body.length() + "\n\n" + body);
    }

    RawClient get(String path, String... lines) {
        var head = new StringBuilder("GET " + path + " HTTP/1.1\nHost: localhost\n");
        for (var line : lines) {
            head.append(line).append('\n');
        }
        return send(head + "\n");
    }

    /** One whole answer. */
    Answer answer() {
        return withBody(head());
    }

    private Answer withBody(Answer head) {
        var chunked = "chunked".equals(head.field("transfer-encoding"));
        var body = chunked ? chunks() : exactly(Integer.parseInt(head.fields().getOrDefault("content-length", "0")));
        return new Answer(head.status(), head.fields(), body);
    }

    /** One whole answer; what says only that it is still to come is skipped. */
    Answer answerAfterInterim() {
        var head = head();
        while (head.status() == 100) {
            head = head();
        }
        return withBody(head);
    }

    /** Status line and fields alone. */
    Answer head() {
        var status = Integer.parseInt(line().split(" ", -1)[1]);
        var fields = new LinkedHashMap<String, String>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            fields.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip(),
                    (a, b) -> a + ", " + b);
        }
        return new Answer(status, fields, "");
    }

    /** The next chunk of a chunked body, empty for the last. */
    String chunk() {
        int size = Integer.parseInt(line(), 16);
        var chunk = exactly(size);
        line();
        return chunk;
    }

    String exactly(int bytes) {
        try {
            var read = in.readNBytes(bytes);
            if (read.length < bytes) {
                throw new AssertionError("closed after " + read.length + " of " + bytes + " bytes");
            }
            return new String(read, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the other side has closed, once everything it sent is read. */
    boolean isClosedByServer() {
        try {
            in.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true; // a reset closes too
        }
    }

    /** Goes without goodbye: the peer gets a reset. */
    void vanish() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String chunks() {
        var body = new StringBuilder();
        for (var chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
            body.append(chunk);
        }
        return body.toString();
    }

    private String line() {
        try {
            var line = new ByteArrayOutputStream();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new AssertionError("closed within a line: " + line);
                }
                line.write(b);
            }
            return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
