package io.breakwater.sample.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A TCP proxy on the loopback address that damages the exchanges which it forwards: how is its {@link Toxicity}, and when
 * is a {@link Moment} of an HTTP exchange. Both can change while exchanges run. It knows HTTP only so far that it finds
 * the end of a response's head, and takes the next bytes of a client after a response for the next request. Thread-safe.
 */
public final class ToxicProxy implements AutoCloseable {
    private final ServerSocket server;
    private final InetSocketAddress upstream;
    private final Duration latency;
    private final Duration pause;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Toxin toxin = Toxin.NONE;
    private boolean closed;

    /** What the proxy does to an exchange. */
    public enum Toxicity {
        /** Forwards everything. */
        NONE,
        /** Waits once, and continues. */
        LATENCY,
        /** Closes the client's connection with a TCP reset. */
        RESET,
        /** Behaves like a host that has lost the connection: forwards nothing more, and closes nothing. */
        HALF_OPEN,
        /** Closes the connection in order, in the middle of the exchange. */
        TRUNCATION,
        /** Forwards single bytes, with a pause after each. */
        BYTE_BY_BYTE,
        /** Behaves like a stopped process, until the toxicity changes: reads and accepts nothing, and closes nothing. */
        FREEZE
    }

    /** When the proxy begins with it. */
    public enum Moment {
        /** When a client connects, or on a kept connection with the first byte of the next request. */
        BEFORE_REQUEST,
        /** After the first bytes of the request. */
        DURING_REQUEST,
        /** After the first bytes of the response. */
        DURING_HEAD,
        /** After the head of the response and a byte of its body. */
        DURING_BODY
    }

    private record Toxin(Toxicity toxicity, Moment moment) {
        static final Toxin NONE = new Toxin(Toxicity.NONE, Moment.BEFORE_REQUEST);
    }

    /**
     * Creates a proxy that forwards everything.
     *
     * @param latency how long {@link Toxicity#LATENCY} waits
     * @param pause the pause of {@link Toxicity#BYTE_BY_BYTE} after each byte
     */
    public ToxicProxy(InetSocketAddress upstream, Duration latency, Duration pause) {
        this.upstream = upstream;
        this.latency = latency;
        this.pause = pause;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** The port of the proxy. */
    public int port() {
        return server.getLocalPort();
    }

    /** The number of connections that the proxy has accepted until now. */
    public int connections() {
        return connections.get();
    }

    /** Changes what happens to all exchanges from now on. */
    public void become(Toxicity toxicity, Moment moment) {
        set(new Toxin(toxicity, moment), false);
    }

    /** Forwards everything again. Connections that were damaged stay so. */
    public void heal() {
        set(Toxin.NONE, false);
    }

    private void set(Toxin next, boolean close) {
        lock.lock();
        try {
            toxin = next;
            closed |= close;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Toxicity toxicityAt(Moment moment) {
        lock.lock();
        try {
            return toxin.moment == moment ? toxin.toxicity : Toxicity.NONE;
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        try {
            while (true) {
                var client = server.accept();
                sockets.add(client);
                if (toxicityAt(Moment.BEFORE_REQUEST) == Toxicity.FREEZE) {
                    awaitThaw();
                }
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> new Connection(client).run());
            }
        } catch (IOException over) {
            // the test is over
        }
    }

    /** Waits until the proxy is no longer frozen. */
    private void awaitThaw() throws IOException {
        lock.lock();
        try {
            while (toxin.toxicity == Toxicity.FREEZE && !closed) {
                changed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a time, which ends early when the proxy closes. */
    private void pause(Duration time) throws IOException {
        lock.lock();
        try {
            long left = time.toNanos();
            while (left > 0 && !closed) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            lock.unlock();
        }
    }

    /** A client's connection, and the one to the service. */
    private final class Connection {
        private final Socket client;
        private final ExchangePosition position = new ExchangePosition();

        private Connection(Socket client) {
            this.client = client;
        }

        private void run() {
            try {
                client.setTcpNoDelay(true);
                var service = new Socket();
                sockets.add(service);
                service.connect(upstream);
                service.setTcpNoDelay(true);
                if (toxicityAt(Moment.BEFORE_REQUEST) != Toxicity.BYTE_BY_BYTE) {
                    if (!passes(Moment.BEFORE_REQUEST, service)) {
                        return;
                    }
                    position.skipBeginning();
                }
                Thread.ofVirtual().start(() -> pump(service, client, false, service));
                pump(client, service, true, service);
            } catch (IOException broken) {
                close(client);
            }
        }

        /** Forwards bytes in one direction, until one side closes or a toxin ends the exchange. */
        private void pump(Socket from, Socket to, boolean request, Socket service) {
            try {
                var in = from.getInputStream();
                var out = to.getOutputStream();
                boolean slow = false;
                for (int next = in.read(); next >= 0; next = in.read()) {
                    var moment = position.advance((byte) next, request);
                    if (moment != null) {
                        slow |= toxicityAt(moment) == Toxicity.BYTE_BY_BYTE;
                        if (!passes(moment, service)) {
                            return;
                        }
                    }
                    out.write(next);
                    if (slow) {
                        ToxicProxy.this.pause(pause);
                    }
                }
                to.shutdownOutput();
            } catch (IOException broken) {
                close(from);
                close(to);
            }
        }

        /** Applies the toxin of a moment; false if nothing more is forwarded. */
        private boolean passes(Moment moment, Socket service) throws IOException {
            return switch (toxicityAt(moment)) {
                case NONE, BYTE_BY_BYTE -> true;
                case LATENCY -> {
                    ToxicProxy.this.pause(latency);
                    yield true;
                }
                case FREEZE -> {
                    awaitThaw();
                    yield true;
                }
                case RESET -> {
                    client.setSoLinger(true, 0);
                    close(client);
                    close(service);
                    yield false;
                }
                case TRUNCATION -> {
                    client.shutdownOutput();
                    close(service);
                    yield false;
                }
                case HALF_OPEN -> false;
            };
        }

        private void close(Socket socket) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        set(Toxin.NONE, true);
        try {
            server.close();
            for (var socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
