package io.breakwater.bootstrap.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;

/** One connection, whose responses may differ. It does not survive the server's close. */
final class LoadConnection implements AutoCloseable {
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final int STATUS_LENGTH = 3;

    private final SocketChannel channel;
    private final ByteBuffer response = ByteBuffer.allocate(1 << 16);
    private String latest = "";
    private boolean closing;
    private long due;

    private LoadConnection(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects from this address of the machine. */
    static LoadConnection from(InetAddress source, int port) throws IOException {
        var channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_LINGER, 0); // many connections must not leave as many closed ones
        channel.bind(new InetSocketAddress(source, 0));
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new LoadConnection(channel);
    }

    /** Connects from the loopback address. */
    static LoadConnection to(int port) throws IOException {
        return from(InetAddress.getLoopbackAddress(), port);
    }

    /** From now on, no method waits. */
    LoadConnection register(Selector selector, Object attachment) throws IOException {
        channel.configureBlocking(false).register(selector, SelectionKey.OP_READ, attachment);
        return this;
    }

    /** Sends a request that was due at this time. */
    void send(byte[] request, long shouldBe) throws IOException {
        due = shouldBe;
        var bytes = ByteBuffer.wrap(request);
        while (bytes.hasRemaining()) {
            channel.write(bytes); // the peer owes nothing, so there is room
        }
    }

    /** Returns when the last request was due. */
    long due() {
        return due;
    }

    /** Returns whether the server said that it closes the connection. */
    boolean closing() {
        return closing;
    }

    /** Returns the latest response, whose status was returned. */
    String latest() {
        return latest;
    }

    /** Sends a request and returns the status of the response. */
    int exchange(byte[] request) throws IOException {
        send(request, 0);
        return awaitStatus();
    }

    /** Sends requests without waiting for a response in between. */
    void sendAll(Collection<byte[]> requests) throws IOException {
        var all = requests.stream().map(ByteBuffer::wrap).toArray(ByteBuffer[]::new);
        while (all[all.length - 1].hasRemaining()) {
            channel.write(all);
        }
    }

    /** Returns the status of the next response. */
    int awaitStatus() throws IOException {
        int status = next();
        while (status == 0) {
            status = receive();
        }
        return status;
    }

    /** Reads; returns the status of the next response when it is complete, and 0 before. */
    int receive() throws IOException {
        if (channel.read(response) < 0) {
            throw new EOFException("the server closed the connection");
        }
        return next();
    }

    private int next() {
        var text = new String(response.array(), 0, response.position(), StandardCharsets.ISO_8859_1);
        int end = Answers.end(text);
        if (end == 0) {
            return 0;
        }
        response.flip().position(end).compact();
        latest = text.substring(0, end);
        closing = latest.toLowerCase(Locale.ROOT).contains("\r\nconnection: close\r\n");
        return Integer.parseInt(text, STATUS_AT, STATUS_AT + STATUS_LENGTH, 10);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
