package io.breakwater.bootstrap.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * One connection, one request at a time. Requests differ in nothing but their id of nine digits, so their answers are
 * all of one length: the first is read until its end is seen, of the others as much is awaited as that one had.
 */
final class PacedConnection {
    private static final String FIRST_ID = "100000000";
    private static final byte[] GOOD = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);

    private final SocketChannel channel;
    private final ByteBuffer request;
    private final int id;
    private final int number;
    private final ByteBuffer answer = ByteBuffer.allocateDirect(1 << 16);
    private int length;
    private int sent;
    private boolean busy;
    private long due;
    private long sentAt;

    private PacedConnection(SocketChannel channel, byte[] request, int number) {
        this.channel = channel;
        this.request = ByteBuffer.allocateDirect(request.length).put(request);
        this.id = new String(request, StandardCharsets.ISO_8859_1).indexOf(FIRST_ID);
        this.number = number;
    }

    /** A connection that has made one call and knows what an answer looks like. */
    static PacedConnection to(InetSocketAddress server, byte[] request, int number, Selector selector)
            throws IOException {
        var channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        var connection = new PacedConnection(channel, request, number);
        connection.send(0);
        connection.learn();
        channel.configureBlocking(false).register(selector, SelectionKey.OP_READ, connection);
        return connection;
    }

    private void learn() throws IOException {
        while (length == 0) {
            read();
            length = Answers.end(StandardCharsets.ISO_8859_1
                    .decode(answer.duplicate().flip())
                    .toString());
        }
        check();
        sent = 0;
    }

    /** True while an answer is owed. */
    boolean busy() {
        return busy;
    }

    /** How many requests it was used for. */
    int sent() {
        return sent;
    }

    /** When the last request should have been sent. */
    long due() {
        return due;
    }

    /** When it was sent. */
    long sentAt() {
        return sentAt;
    }

    void send(long shouldBe) throws IOException {
        due = shouldBe;
        sentAt = System.nanoTime();
        busy = true;
        int rest = sent++;
        for (int i = id + FIRST_ID.length() - 1; i > id + 2; i--) {
            request.put(i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
        request.put(id + 1, (byte) ('0' + number / 10 % 10)).put(id + 2, (byte) ('0' + number % 10));
        request.rewind();
        while (request.hasRemaining()) {
            channel.write(request); // some hundred bytes to a peer that owes nothing: there is room for them
        }
    }

    /** Reads what has come; true when the answer is whole. */
    boolean answered() {
        try {
            read();
            if (answer.position() < length) {
                return false;
            }
            check();
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() throws IOException {
        if (channel.read(answer) < 0) {
            throw new IOException("the server hung up");
        }
    }

    private void check() throws IOException {
        boolean good = busy && answer.position() == length;
        for (int i = 0; i < GOOD.length; i++) {
            good &= answer.get(i) == GOOD[i];
        }
        if (!good) {
            throw new IOException("not an answer like the first: " + StandardCharsets.ISO_8859_1.decode(answer.flip()));
        }
        answer.clear();
        busy = false;
    }
}
