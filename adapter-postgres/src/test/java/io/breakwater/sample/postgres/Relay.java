package io.breakwater.sample.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The way to a server, which a test can cut, freeze and mend. Cut, it drops every connection and every new one; frozen,
 * it accepts and says nothing, as a server does that was stopped. A {@link Listener} receives each message of a client
 * before the server does.
 */
public final class Relay implements AutoCloseable {
    private final ServerSocket door;
    private final int target;
    private final @Nullable Listener listener;
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private State state = State.WELL; // guarded by this

    private Relay(int target, @Nullable Listener listener) throws IOException {
        this.target = target;
        this.listener = listener;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** A way to that port of this machine. */
    public static Relay to(int target) {
        return open(target, null);
    }

    /** The same, and someone listens; what passes must not be encrypted. */
    public static Relay to(int target, Listener listener) {
        return open(target, listener);
    }

    private static Relay open(int target, @Nullable Listener listener) {
        try {
            var relay = new Relay(target, listener);
            Thread.ofVirtual().start(relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it begins. */
    public int port() {
        return door.getLocalPort();
    }

    /** Drops every connection, those to come too. */
    public void cut() {
        become(State.CUT);
        drop();
    }

    /** From now on nothing passes, and neither side is notified. */
    public void freeze() {
        become(State.FROZEN);
    }

    /** Everything passes again, also what was held up. */
    public void mend() {
        become(State.WELL);
    }

    @Override
    public void close() {
        become(State.CUT);
        quietly(door);
        drop();
    }

    private synchronized void become(State next) {
        state = next;
        notifyAll();
    }

    /** False when the way is cut. */
    private synchronized boolean passable() throws InterruptedException {
        while (state == State.FROZEN) {
            wait();
        }
        return state == State.WELL;
    }

    private void accept() {
        try {
            while (true) {
                var near = door.accept();
                sockets.add(near);
                Thread.ofVirtual().start(() -> join(near));
            }
        } catch (IOException closed) {
            drop();
        }
    }

    private void join(Socket near) {
        try (near) {
            if (!passable()) {
                return;
            }
            try (var far = new Socket(InetAddress.getLoopbackAddress(), target)) {
                sockets.add(far);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                var back = Thread.ofVirtual().start(() -> pump(far, near, (bytes, count) -> {}));
                pump(near, far, tap());
                back.join();
                sockets.remove(far);
            }
        } catch (IOException | InterruptedException e) {
            quietly(near);
        } finally {
            sockets.remove(near);
        }
    }

    private Tap tap() {
        if (listener == null) {
            return (bytes, count) -> {};
        }
        int connection = connections.incrementAndGet();
        var ears = listener;
        return new FrontendStream(message -> ears.reply(connection, message))::accept;
    }

    private void pump(Socket from, Socket to, Tap tap) {
        var buffer = new byte[8192];
        try {
            for (int n = from.getInputStream().read(buffer); n >= 0 && passable(); ) {
                tap.accept(buffer, n);
                to.getOutputStream().write(buffer, 0, n);
                n = from.getInputStream().read(buffer);
            }
        } catch (IOException | InterruptedException e) {
            quietly(from);
        } finally {
            quietly(to);
        }
    }

    private void drop() {
        sockets.forEach(Relay::quietly);
    }

    private static void quietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Receives what clients send. */
    @FunctionalInterface
    public interface Listener {
        /** A message of the connection with that number, which counts from 1; it is passed on afterwards. */
        void reply(int connection, FrontendMessage message);
    }

    @FunctionalInterface
    private interface Tap {
        void accept(byte[] bytes, int count);
    }

    private enum State {
        WELL,
        FROZEN,
        CUT
    }
}
