package io.breakwater.adapter.stdio;

import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.RemotePeer;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.port.driving.Transport;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * MCP over standard input and output: one JSON-RPC message a line, to and from the process that started us.
 *
 * <p>One thread reads and hands each line to the endpoint; whichever thread has an answer writes it, see
 * {@link LineWriter}. A client that does not read its answers is not read from either. When the input ends, calls at
 * work may still answer for {@link StdioSettings#drainTimeout}; then the endpoint is told that the connection is gone,
 * and {@link #ended} completes. When the client closes its end of our output, the same happens at once.
 */
public final class StdioTransport implements Transport {
    private static final byte[] NOTHING = new byte[0];
    private static final Duration FLUSH = Duration.ofMillis(250);

    private final StdioSettings settings;
    private final LineReader in;
    private final LineWriter out;
    private final Channel.Connection connection = new Channel.Connection();
    private final PendingMessages inFlight = new PendingMessages();
    private final AtomicBoolean gone = new AtomicBoolean();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean stopping;
    private volatile @Nullable Host host;
    private volatile @Nullable Thread reader;

    private StdioTransport(InputStream in, OutputStream out, StdioSettings settings) {
        this.settings = settings;
        this.out = new LineWriter(out, settings.maxUnread(), () -> inFlight.count() > 1, this::outputBroke);
        this.in = new LineReader(in, settings.maxLine(), this.out::release);
    }

    /**
     * Takes over the standard input and output of this process, so that nothing but messages reaches them: from now on
     * {@code System.out} prints to the standard error, and {@code System.in} is empty. Call it before anything prints.
     */
    public static StdioTransport standard() {
        return standard(StdioSettings.defaults());
    }

    /** Takes over the standard input and output, as {@link #standard()} does, with other bounds. */
    public static StdioTransport standard(StdioSettings settings) {
        System.setIn(InputStream.nullInputStream());
        System.setOut(System.err);
        var in = ClosedInputCheck.isGiven() ? InputStream.nullInputStream() : new FileInputStream(FileDescriptor.in);
        return on(in, new FileOutputStream(FileDescriptor.out), settings);
    }

    /** Speaks over any two streams, and leaves it to their owner to close them. */
    public static StdioTransport on(InputStream in, OutputStream out, StdioSettings settings) {
        return new StdioTransport(in, out, settings);
    }

    @Override
    public void start(Host served) {
        host = served;
        var figures = served.figures();
        figures.gauge("mcp_stdio_unread_bytes", "Bytes that wait for the client to read.", Map.of(), out::unread);
        figures.counter("mcp_stdio_too_long_total", "Lines longer than the limit.", Map.of(), in::tooLong);
        served.endpoint().listen(inbound(NOTHING), new LineReply(out, () -> {}));
        reader = Thread.ofPlatform().name("stdio-reader").start(this::readToTheEnd);
    }

    /** Changes nothing: there is one connection, which is served until {@link #stop}. */
    @Override
    public void startGracefulShutdown() {}

    /** Changes nothing either. */
    @Override
    public void drain() {}

    @Override
    public boolean stop(Duration grace) {
        stopping = true;
        var until = System.nanoTime() + grace.toNanos();
        var answered = false;
        var written = false;
        try {
            answered = inFlight.awaitNone(gone.get() ? Duration.ZERO : grace);
            written = out.awaitWritten(Duration.ofNanos(until - System.nanoTime()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
        return answered && written;
    }

    @Override
    public CompletionStage<Void> ended() {
        return ended.minimalCompletionStage();
    }

    @Override
    public String address() {
        return "stdio";
    }

    private void readToTheEnd() {
        try {
            var more = true;
            while (more) {
                more = takeNext();
            }
            out.release();
            if (!stopping) {
                inFlight.awaitNone(settings.drainTimeout());
                writeLastMessages();
            }
        } catch (InterruptedException e) {
            // Somebody else has closed the connection.
            out.release();
        }
    }

    private boolean takeNext() throws InterruptedException {
        var line = in.next();
        if (line == null) {
            return false;
        }
        out.hold();
        inFlight.begin();
        if (stopping || gone.get()) {
            inFlight.done();
            return false;
        }
        var reply = new LineReply(out, inFlight::done);
        switch (line) {
            case Line.Message(byte[] body) -> served().endpoint().message(inbound(body), reply);
            case Line.TooLong(var id) -> {
                logDropped();
                reply.answer(ReplyStatus.MALFORMED, tooLong(id));
            }
        }
        return true;
    }

    /** The JDK's log, since this module has no other; asked for here alone, because that takes time. */
    private void logDropped() {
        System.getLogger(StdioTransport.class.getName())
                .log(
                        System.Logger.Level.WARNING,
                        "A message was dropped: it is longer than stdio.max-line allows (" + settings.maxLine()
                                + " bytes)");
    }

    /** There is no message that the endpoint could answer. */
    private byte[] tooLong(@Nullable String id) {
        var member = id == null ? "" : ",\"id\":" + id;
        var message = "The message is longer than stdio.max-line allows (" + settings.maxLine()
                + " bytes). Send a shorter message or raise stdio.max-line.";
        var error = "{\"jsonrpc\":\"2.0\"" + member + ",\"error\":{\"code\":-32600,\"message\":\"" + message + "\"}}";
        return error.getBytes(StandardCharsets.UTF_8);
    }

    /** What is still at work is cancelled, and may say so. */
    private void writeLastMessages() throws InterruptedException {
        notifyDisconnected();
        inFlight.awaitNone(FLUSH);
        out.awaitWritten(FLUSH);
        close();
        var failure = in.failure();
        if (failure == null) {
            ended.complete(null);
        } else {
            ended.completeExceptionally(StdioFailures.input(failure));
        }
    }

    /** Runs on whatever thread wrote, which may hold locks of the endpoint; so the rest runs on a thread of its own. */
    private void outputBroke(IOException failure) {
        ended.completeExceptionally(StdioFailures.output(failure)); // before the input's end, which follows from it
        Thread.startVirtualThread(this::close);
    }

    private void close() {
        notifyDisconnected();
        out.close();
        var thread = reader;
        if (thread != null && !thread.equals(Thread.currentThread())) {
            thread.interrupt();
        }
    }

    private void notifyDisconnected() {
        if (host != null && gone.compareAndSet(false, true)) {
            served().endpoint().closed(connection);
        }
    }

    private Host served() {
        return Objects.requireNonNull(host, "start comes first");
    }

    private IncomingMessage inbound(byte[] body) {
        return new IncomingMessage(body, HeaderFields.NONE, RemotePeer.STDIO, connection);
    }
}
