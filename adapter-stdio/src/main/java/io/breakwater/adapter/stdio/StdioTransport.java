package io.breakwater.adapter.stdio;

import io.breakwater.port.JsonWriter;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.RemotePeer;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.port.driving.Transport;
import io.breakwater.port.support.SettingChecks;
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
 * MCP over standard input and output: one JSON-RPC message per line, to and from the process that started this one.
 *
 * <p>One thread reads and passes each line to the endpoint; the thread that has an answer writes it, see
 * {@link LineWriter}. While a client does not read its answers, the server does not read its messages. When the input
 * ends, running calls may still answer for {@link StdioSettings#drainTimeout}; then the transport reports the
 * disconnect to the endpoint, and {@link #ended} completes. When the client closes its end of the output, the same
 * happens at once.
 */
public final class StdioTransport implements Transport {
    private static final byte[] EMPTY = new byte[0];
    private static final int INTERNAL_ERROR = -32603;
    private static final Duration FLUSH_TIMEOUT = Duration.ofMillis(250);

    private final StdioSettings settings;
    private final LineReader in;
    private final LineWriter out;
    private final Channel.Connection connection = new Channel.Connection();
    private final PendingMessages inFlight = new PendingMessages();
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean disconnected = new AtomicBoolean();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean stopping;
    private volatile @Nullable Host host;
    private volatile @Nullable StdioIdentity identity;
    private volatile @Nullable Thread reader;

    private StdioTransport(InputStream in, OutputStream out, StdioSettings settings) {
        this.settings = settings;
        this.out = new LineWriter(out, settings.maxUnread(), () -> inFlight.count() > 1, this::outputFailed);
        this.in = new LineReader(in, settings.maxLine(), this.out::release);
    }

    /**
     * Takes over the standard input and output of this process, so that only messages use them: from now on
     * {@code System.out} prints to standard error, and {@code System.in} is empty. Call this before anything prints.
     */
    public static StdioTransport standard() {
        return standard(StdioSettings.defaults());
    }

    /** Takes over the standard input and output, as {@link #standard()} does, with other limits. */
    public static StdioTransport standard(StdioSettings settings) {
        System.setIn(InputStream.nullInputStream());
        System.setOut(System.err);
        var in = ClosedInputCheck.isGiven() ? InputStream.nullInputStream() : new FileInputStream(FileDescriptor.in);
        return on(in, new FileOutputStream(FileDescriptor.out), settings);
    }

    /** Uses any two streams; their owner closes them. */
    public static StdioTransport on(InputStream in, OutputStream out, StdioSettings settings) {
        SettingChecks.notNull(in, "The input of StdioTransport.on(...)");
        SettingChecks.notNull(out, "The output of StdioTransport.on(...)");
        SettingChecks.notNull(settings, "The StdioSettings of StdioTransport.on(...)");
        return new StdioTransport(in, out, settings);
    }

    @Override
    public void start(Host served) {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("This StdioTransport was started before. Its streams can have one server"
                    + " only; serve other clients with another transport.");
        }
        host = served;
        var metrics = served.metrics();
        metrics.gauge("mcp_stdio_unread_bytes", "Bytes that wait for the client to read.", Map.of(), out::unread);
        metrics.counter("mcp_stdio_too_long_total", "Lines longer than the limit.", Map.of(), in::tooLong);
        var identified = new StdioIdentity(served);
        identity = identified;
        served.endpoint().listen(incomingMessage(EMPTY, identified.require()), new LineReply(out, () -> {}));
        reader = Thread.ofPlatform().name("stdio-reader").start(this::readToTheEnd);
    }

    /** Changes nothing: there is one connection, which is served until {@link #stop}. */
    @Override
    public void startGracefulShutdown() {}

    /** Changes nothing, as {@link #startGracefulShutdown}. */
    @Override
    public void drain() {}

    @Override
    public boolean stop(Duration grace) {
        stopping = true;
        var until = System.nanoTime() + grace.toNanos();
        var answered = false;
        var written = false;
        try {
            answered = inFlight.awaitNone(disconnected.get() ? Duration.ZERO : grace);
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
                more = readNext();
            }
            out.release();
            if (!stopping) {
                inFlight.awaitNone(settings.drainTimeout());
                writeLastMessages();
            }
        } catch (InterruptedException e) {
            // Another thread has closed the connection.
            out.release();
        }
    }

    private boolean readNext() throws InterruptedException {
        var line = in.next();
        if (line == null) {
            return false;
        }
        out.hold();
        inFlight.begin();
        if (stopping || disconnected.get()) {
            inFlight.done();
            return false;
        }
        var reply = new LineReply(out, inFlight::done);
        switch (line) {
            case Line.Message(byte[] body) -> dispatch(body, reply);
            case Line.TooLong(var id) -> {
                logDropped();
                reply.answer(ReplyStatus.MALFORMED, tooLong(id));
            }
        }
        return true;
    }

    private void dispatch(byte[] body, LineReply reply) throws InterruptedException {
        var answer = Objects.requireNonNull(identity).determine();
        if (answer instanceof Authenticated sender) {
            try {
                served().endpoint().message(incomingMessage(body, sender), reply);
            } catch (RuntimeException fault) { // a bug must not end the reader, because the process would never end
                log(System.Logger.Level.ERROR, "A message could not be handled", fault);
                reply.answer(ReplyStatus.RESULT, error(null, INTERNAL_ERROR, "Internal error"));
            }
        } else {
            var scanner = new RequestIdScanner();
            scanner.scan(body, 0, body.length);
            reply.answer(
                    ReplyStatus.MALFORMED,
                    error(scanner.requestId(), StdioIdentity.codeOf(answer), StdioIdentity.messageOf(answer)));
        }
    }

    private void logDropped() {
        log(
                System.Logger.Level.WARNING,
                "Dropped a message that is longer than " + maxLine() + " allows (" + settings.maxLine() + " bytes)",
                null);
    }

    /** Uses the JDK's log, since this module has no other, and looks it up only here, because that takes time. */
    private static void log(System.Logger.Level level, String message, @Nullable Throwable cause) {
        System.getLogger(StdioTransport.class.getName()).log(level, message, cause);
    }

    private String maxLine() {
        return served().settingNames().nameOf("StdioSettings.maxLine");
    }

    /** Creates the error response, since the endpoint has no message to answer. */
    private byte[] tooLong(@Nullable String id) {
        var setting = maxLine();
        return error(
                id,
                -32600,
                "The message is longer than " + setting + " allows (" + settings.maxLine()
                        + " bytes). Send a shorter message or raise " + setting + ".");
    }

    private static byte[] error(@Nullable String id, int code, String message) {
        var member = id == null ? "" : ",\"id\":" + id;
        var error = "{\"jsonrpc\":\"2.0\"" + member + ",\"error\":{\"code\":" + code + ",\"message\":"
                + JsonWriter.quoted(message) + "}}";
        return error.getBytes(StandardCharsets.UTF_8);
    }

    /** Cancels the calls that still run, and writes their last answers. */
    private void writeLastMessages() throws InterruptedException {
        notifyDisconnected();
        inFlight.awaitNone(FLUSH_TIMEOUT);
        out.awaitWritten(FLUSH_TIMEOUT);
        close();
        var failure = in.failure();
        if (failure == null) {
            ended.complete(null);
        } else {
            ended.completeExceptionally(StdioFailures.input(failure));
        }
    }

    /** Runs on the thread that wrote, which may hold locks of the endpoint; so closing runs on another thread. */
    private void outputFailed(IOException failure) {
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
        if (host != null && disconnected.compareAndSet(false, true)) {
            served().endpoint().closed(connection);
        }
    }

    private Host served() {
        return Objects.requireNonNull(host, "the transport is not started");
    }

    private IncomingMessage incomingMessage(byte[] body, Authenticated sender) {
        return new IncomingMessage(body, HeaderFields.NONE, sender, RemotePeer.STDIO, connection);
    }
}
