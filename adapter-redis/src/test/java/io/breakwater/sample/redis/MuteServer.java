package io.breakwater.sample.redis;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * Something on loopback that takes connections and is no Redis: it sends one text to every client, repeatedly or never.
 */
public final class MuteServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Queue<Socket> connections = new ConcurrentLinkedQueue<>();
    private final Semaphore arrivals = new Semaphore(0);
    private final Semaphore ends = new Semaphore(0);

    private MuteServer(ServerSocket listener) {
        this.listener = listener;
    }

    /** A server that sends only this text to each client; nothing when the text is empty. */
    public static MuteServer saying(byte... words) {
        try {
            var server = new MuteServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().start(() -> server.accept(words));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(byte[] words) {
        try {
            while (!listener.isClosed()) {
                var socket = listener.accept();
                connections.add(socket);
                socket.getOutputStream().write(words);
                socket.getOutputStream().flush();
                Thread.ofVirtual().start(() -> awaitEnd(socket));
                arrivals.release();
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void awaitEnd(Socket socket) {
        try {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // Reset, which is an end too.
        }
        ends.release();
    }

    /** As a setting writes it. */
    public String url() {
        return "redis://127.0.0.1:" + listener.getLocalPort();
    }

    /** Waits until this number of clients has connected since the last call. */
    public void awaitConnections(int count) {
        arrivals.acquireUninterruptibly(count);
    }

    /** Waits until this number of clients has disconnected since the last call. */
    public void awaitEnds(int count) {
        ends.acquireUninterruptibly(count);
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (var socket : connections) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
