package io.breakwater.adapter.stdio;

import io.breakwater.port.Event;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.ClientTransport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Connects an MCP client to a server over standard input and output: one JSON-RPC message per line. It starts the
 * server as a child process, or uses a pair of streams. A thread of its own reads the messages of the server, from the
 * first {@link #listen} on.
 */
public final class StdioClientTransport implements ClientTransport {
    private static final int MAX_LINE = 64 << 20;
    private static final Duration FLUSH_TIMEOUT = Duration.ofMillis(250);

    private final LineReader in;
    private final LineWriter out;
    private final Peer peer;
    private final AtomicReference<@Nullable Receiver> listener = new AtomicReference<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable PortException ended;

    private StdioClientTransport(InputStream fromServer, OutputStream toServer, Peer peer) {
        this.peer = peer;
        this.in = new LineReader(fromServer, MAX_LINE, () -> {});
        this.out = new LineWriter(toServer, MAX_LINE, () -> false, this::outputFailed);
    }

    /** The server at the other end of the streams. */
    interface Peer {
        /** Describes in a sentence why the server sends no more messages. */
        String describeEnd();

        /** Closes the streams, and ends the server if this client has started it. */
        void close();
    }

    /**
     * Starts a server as a child process, which shares the standard error of this process.
     *
     * @throws PortException.UnavailableException when the command cannot be started
     */
    public static StdioClientTransport start(String... command) {
        return start(new ProcessBuilder(command));
    }

    /**
     * Starts a server as a child process, with the environment and the folder of the builder. Unless the builder
     * redirects its standard error, the server shares that of this process. {@link #close} closes the input of the
     * server, and destroys a server that does not end within a few seconds.
     *
     * @throws PortException.UnavailableException when the command cannot be started
     */
    public static StdioClientTransport start(ProcessBuilder command) {
        if (command.redirectError().equals(ProcessBuilder.Redirect.PIPE)) {
            command.redirectError(ProcessBuilder.Redirect.INHERIT);
        }
        try {
            var server = new ServerProcess(command.start());
            return new StdioClientTransport(server.output(), server.input(), server);
        } catch (IOException e) {
            throw new PortException.UnavailableException(
                    "The server cannot be started: " + e.getMessage() + ".", null, e);
        }
    }

    /** Connects to a server whose messages are read from one stream, and which reads the other stream. */
    public static StdioClientTransport on(InputStream fromServer, OutputStream toServer) {
        return new StdioClientTransport(fromServer, toServer, new StreamPeer(fromServer, toServer));
    }

    @Override
    public boolean isSession() {
        return true;
    }

    /** The response arrives at the receiver of {@link #listen}. */
    @Override
    public TransportExchange send(OutgoingMessage message, Receiver receiver) {
        out.write(message.body());
        var failure = ended;
        if (failure != null) {
            receiver.closed(failure);
        }
        return () -> {};
    }

    @Override
    public TransportExchange listen(Map<String, String> fields, Receiver receiver) {
        if (listener.getAndSet(receiver) == null) {
            Thread.ofPlatform().daemon().name("breakwater-stdio-client").start(this::read);
        } else if (ended != null) {
            receiver.closed(ended);
        }
        return () -> {};
    }

    @Override
    public void end(Map<String, String> fields) {}

    private void read() {
        for (var line = in.next(); line != null; line = in.next()) {
            if (!(line instanceof Line.Message(byte[] body))) {
                endWith("The server sent a message of more than " + MAX_LINE + " bytes.");
                return;
            }
            receiver().event(Event.of(body));
        }
        endWith(closed.get() ? "The connection is closed." : peer.describeEnd());
    }

    private void outputFailed(IOException failure) {
        endWith("The server does not read its input any more: " + failure.getMessage() + ".");
    }

    /** Requests that are sent at the same time see the failure either here or in {@link #send}. */
    private void endWith(String reason) {
        PortException failure = new PortException.UnavailableException(reason, null, null);
        synchronized (this) {
            if (ended != null) {
                return;
            }
            ended = failure;
        }
        var receiver = listener.get();
        if (receiver != null) {
            receiver.closed(failure);
        }
    }

    private Receiver receiver() {
        return Objects.requireNonNull(listener.get());
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            flush();
            out.close();
            peer.close();
        }
    }

    private void flush() {
        try {
            out.awaitWritten(FLUSH_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
