package io.breakwater.adapter.http;

import io.breakwater.port.driving.MemoryLease;
import io.vertx.core.Completable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer, from the moment its head was read until the answer is flushed: what a graceful stop waits
 * for. Lives on its {@link HttpEventLoop}, which keeps all of them in a list and asks each from time to time whether it
 * is late.
 *
 * <p>Whoever works on it at present (the body being read, the stream being written) is its {@link Watch}.
 */
final class HttpExchange implements Completable<Void> {
    private static final Logger LOG = LoggerFactory.getLogger(HttpExchange.class);
    private static final CharSequence CLOSE = HttpHeaders.createOptimized("close");
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    /** Large answers go out in pieces of this size, so that one can see whether the client takes them. */
    private static final int PIECE = 64 * 1024;
    /** So much a client may still send after it was refused, for it may read our answer only then. */
    private static final long MOST_DISCARDED = 16L << 20;
    // HTTP/2 error codes
    private static final long NO_ERROR = 0;
    private static final long CANCEL = 8;

    final HttpEventLoop loop;
    final ClientConnection connection;
    final HttpServerRequest request;
    final HttpServerResponse response;

    /** What the request and its answer hold of the memory budget. */
    final MemoryLease memory;

    @Nullable
    HttpExchange previous;

    @Nullable
    HttpExchange next;

    private final boolean heavy;
    private @Nullable Watch watch;
    private boolean answered;
    private boolean over;
    private long discarded;
    private long progress;

    /** Who is to be told when time passes or the client goes. */
    interface Watch {
        /** Time has passed. */
        void checkTimeouts(long now);

        /** Sends something harmless on a stream that is open, so that it shows whether the client is still there. */
        default void probe() {}

        /** The client is gone before the answer was complete. */
        void clientDisconnected();

        /** The request is refused, and nothing of it is needed any more. What the exchange holds is given back soon. */
        default void refused() {}
    }

    /** Begins with the request's head. */
    HttpExchange(HttpEventLoop loop, ClientConnection connection, HttpServerRequest request) {
        this.loop = loop;
        this.connection = connection;
        this.request = request;
        this.response = request.response();
        this.memory = connection.begin(this);
        this.heavy = !connection.multiplexed() && memory.held() > 0;
        loop.begin(this);
        if (connection.multiplexed()) {
            response.closeHandler(nothing -> gone());
            response.exceptionHandler(reset -> gone());
        }
    }

    void onStateChange(@Nullable Watch watch) {
        this.watch = watch;
    }

    /** Whether there is nothing left to say: answered, or nobody listens. */
    boolean settled() {
        return answered || over;
    }

    /** Takes a step that must not fail; the client still gets an answer if it does. */
    void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.error("Failed to serve a request", e);
            if (!settled() && response.headWritten()) {
                abort();
            } else {
                refuse(RequestRejection.INTERNAL);
            }
        }
    }

    /** Turns the request away. */
    void refuse(RequestRejection why) {
        if (settled()) {
            return;
        }
        refuse(why, why.body(why == RequestRejection.BODY_SIZE ? bodyLimit() : ""));
    }

    private String bodyLimit() {
        return " It may have " + loop.settings.limits().bodyBytes() + " bytes.";
    }

    /** Turns away a message that is too heavy even for a share of which nothing else is used. */
    void refuseWeight(long bytes) {
        refuse(
                RequestRejection.TOO_HEAVY,
                RequestRejection.TOO_HEAVY.body(
                        " It would occupy " + bytes + " bytes and may occupy " + loop.memory.share() + "."));
    }

    private void refuse(RequestRejection why, Buffer body) {
        if (watch != null) {
            watch.refused();
        }
        if (why == RequestRejection.MEMORY) {
            loop.memory.countRefusal();
        }
        loop.tally.refused(why);
        response.setStatusCode(why.status).putHeader(HttpHeaders.CONTENT_TYPE, JSON);
        boolean more = !request.isEnded();
        if (more) {
            ignoreBody(why == RequestRejection.SLOW || heavy || !BodyReader.isShort(request, loop.settings.limits()));
        }
        end(body);
        if (more) {
            resumeReading(); // not before it is settled: what is waiting to be read arrives within this call
        }
    }

    /** Takes no further byte from the client until {@link #resumeReading}. */
    void stopReading() {
        if (!request.isEnded()) {
            request.pause();
            connection.stopReading();
        }
    }

    /** Reads again; harmless when it never stopped. */
    void resumeReading() {
        connection.resumeReading();
        request.resume();
    }

    /** Answers with the head as set so far and this body. */
    void end(Buffer body) {
        if (loop.isDraining()) {
            leaveConnection();
        }
        answered = true;
        progressed();
        if (body.length() > PIECE) {
            endInPieces(body);
        } else {
            response.end(body).onComplete(this);
        }
    }

    /** Announces the end of the connection while the head can still be changed. */
    void leaveConnection() {
        if (!connection.multiplexed() && !response.headWritten()) {
            response.putHeader(HttpHeaders.CONNECTION, CLOSE);
        }
        connection.closeGracefully();
    }

    /** The end of the answer was flushed, or could not be. The rest of an HTTP/2 request is not waited for. */
    @Override
    public void complete(@Nullable Void nothing, @Nullable Throwable failure) {
        finish();
        if (connection.multiplexed() && !request.isEnded()) {
            response.reset(NO_ERROR);
        }
    }

    /** The client is gone. */
    void gone() {
        if (over) {
            return;
        }
        boolean unanswered = !answered;
        finish();
        if (watch != null && unanswered) {
            watch.clientDisconnected();
        }
    }

    /** Ends it from our side, whatever was not yet sent. */
    void abort() {
        if (connection.multiplexed()) {
            response.reset(CANCEL);
        } else {
            connection.abort();
        }
    }

    void look(long now) {
        if (over) {
            return;
        }
        if (!answered) {
            if (watch != null) {
                watch.checkTimeouts(now);
            }
        } else if (isStalled(now)) {
            abort();
        }
    }

    /** Shows whether the client of an open stream is still there. */
    void probe() {
        if (watch != null && !settled()) {
            watch.probe();
        }
    }

    /** The client took something. */
    void progressed() {
        progress = loop.now();
    }

    /** Whether the client takes nothing of what is on its way. */
    boolean isStalled(long now) {
        return now - progress > loop.settings.streams().writeTime().toNanos();
    }

    private void finish() {
        if (!over) {
            over = true;
            if (heavy && !request.isEnded()) {
                connection.keep(memory);
            } else {
                memory.release();
            }
            connection.end(this, loop.now());
            loop.end(this);
        }
    }

    private void endInPieces(Buffer body) {
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        int from = 0;
        for (; body.length() - from > PIECE; from += PIECE) {
            response.write(body.slice(from, from + PIECE)).onComplete(piece -> progressed());
        }
        response.end(body.slice(from, body.length())).onComplete(this);
    }

    /** What was read of the body is forgotten. A client that sends on and on regardless is cut off. */
    private void ignoreBody(boolean leaving) {
        request.handler(this::discard).endHandler(null);
        if (leaving && !connection.multiplexed()) {
            leaveConnection();
        }
    }

    private void discard(Buffer rest) {
        discarded += rest.length();
        if (discarded > MOST_DISCARDED) {
            abort();
        }
    }
}
