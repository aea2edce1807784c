package io.breakwater.adapter.http;

import io.breakwater.port.driving.Authentication;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.MemoryLease;
import io.breakwater.port.driving.RemotePeer;
import io.breakwater.port.driving.ReplyStatus;
import io.vertx.core.Completable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer, from the moment its head was read until the answer is flushed. A graceful shutdown waits
 * for it. It runs on its {@link HttpEventLoop}, which keeps a list of all exchanges and checks their timeouts
 * periodically.
 *
 * <p>The component that currently works on it (the reader of the body or the reply) is its {@link Listener}.
 */
final class HttpExchange implements Completable<Void> {
    private static final Logger LOG = LoggerFactory.getLogger(HttpExchange.class);
    private static final CharSequence CLOSE = HttpHeaders.createOptimized("close");
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    /** Large answers are written in pieces of this size, so that the server can see whether the client reads them. */
    private static final int PIECE = 64 * 1024;
    /** The bytes that a client may still send after a refusal, because it may read the answer only then. */
    private static final long MAX_DISCARDED = 16L << 20;
    // HTTP/2 error codes
    private static final long NO_ERROR = 0;
    private static final long CANCEL = 8;

    final HttpEventLoop loop;
    final RequestConnection connection;
    final HttpServerRequest request;
    final HttpServerResponse response;

    /** The header fields of the request. */
    final HeaderFields fields;

    /** The caller. */
    final RemotePeer peer;

    /** The memory that the request and its answer hold. */
    final MemoryLease memory;

    @Nullable
    HttpExchange previous;

    @Nullable
    HttpExchange next;

    private final boolean countedHead;
    private boolean memoryDenied;
    private @Nullable Listener listener;
    private boolean readingStopped;
    private boolean bodyRequested;
    private boolean answered;
    private boolean finished;
    private long discarded;
    private long lastProgress;

    /** The component that an exchange notifies about timeouts and a disconnect. */
    interface Listener {
        /** Checks the timeouts; called periodically. */
        void checkTimeouts(long now);

        /** Sends a heartbeat on an open stream, to find out whether the client is still connected. */
        default void probe() {}

        /** Called when the server shuts down, and waits for the exchanges that are still active. */
        default void draining() {}

        /** Called when the client disconnects before the answer is complete. */
        void clientDisconnected();

        /**
         * Called when the request is refused and its data is no longer needed. The exchange then releases its memory.
         */
        default void refused() {}
    }

    /** Creates the exchange of a request whose head was read. */
    HttpExchange(HttpEventLoop loop, RequestConnection connection, HttpServerRequest request) {
        this.loop = loop;
        this.connection = connection;
        this.request = request;
        this.response = request.response();
        this.fields = new VertxHeaderFields(request.headers());
        this.peer = connection.peer(request);
        this.memory = connection.begin(this);
        loop.securityHeaders.addTo(response.headers());
        this.countedHead = !connection.multiplexed() && memory.held() > 0;
        loop.begin(this);
        if (connection.multiplexed()) {
            response.closeHandler(nothing -> clientDisconnected());
            response.exceptionHandler(reset -> clientDisconnected());
        }
    }

    /** Called when the caller has no memory left for the head of this request. */
    void denyMemory() {
        memoryDenied = true;
    }

    /** Whether the caller has no memory left for the head of this request. */
    boolean isMemoryDenied() {
        return memoryDenied;
    }

    void setListener(@Nullable Listener listener) {
        this.listener = listener;
    }

    /** Whether the exchange needs no answer any more: it is answered, or the client is disconnected. */
    boolean settled() {
        return answered || finished;
    }

    /** Runs a step that is not expected to fail; if it fails, the client still gets an answer. */
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

    /** Refuses the request. */
    void refuse(RequestRejection why) {
        if (settled()) {
            return;
        }
        if (why == RequestRejection.BODY_SIZE) {
            refuseBodySize(loop.settings.limits().bodyBytes());
        } else {
            refuse(why, loop.rejections.of(why, ""));
        }
    }

    /** Refuses a body that is larger than this limit, which is that of an HTTP resource or that of all messages. */
    void refuseBodySize(int limit) {
        boolean general = limit == loop.settings.limits().bodyBytes();
        var why = general ? RequestRejection.BODY_SIZE : RequestRejection.RESOURCE_BODY_SIZE;
        if (!settled()) {
            refuse(why, loop.rejections.of(why, " The limit is " + limit + " bytes."));
        }
    }

    /** Refuses a message that is larger than the whole memory share of one caller. */
    void refuseWeight(long bytes) {
        refuse(
                RequestRejection.TOO_HEAVY,
                loop.rejections.of(
                        RequestRejection.TOO_HEAVY,
                        " It would occupy " + bytes + " bytes; the limit is " + loop.memory.share() + "."));
    }

    /** Refuses a request whose sender was not accepted. */
    void refuse(Authentication.Challenge challenge) {
        if (!settled()) {
            challenge.fields().forEach(response::putHeader);
            refuse(RequestRejection.UNAUTHENTICATED, challenge.status(), loop.rejections.of(challenge));
        }
    }

    /** Refuses a request whose sender cannot be determined at present. */
    void refuse(Authentication.Unavailable unavailable) {
        if (!settled()) {
            StatusMapping.head(response, new ReplyStatus.Overloaded(unavailable.retryAfter()));
            refuse(RequestRejection.IDENTITY);
        }
    }

    private void refuse(RequestRejection why, Buffer body) {
        refuse(why, why.status, body);
    }

    private void refuse(RequestRejection why, int status, Buffer body) {
        if (listener != null) {
            listener.refused();
        }
        if (why == RequestRejection.MEMORY) {
            loop.memory.countRefusal();
        }
        loop.counters.refused(why);
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, JSON);
        boolean more = !request.isEnded();
        if (more) {
            ignoreBody(why == RequestRejection.SLOW
                    || countedHead
                    || !BodyReader.isDrainable(request, loop.settings.limits()));
        }
        end(body);
        if (more) {
            resumeReading(); // only after it is settled, because pending input arrives within this call
        }
    }

    /** Asks for the body if the client waits for permission to send it (RFC 9110 section 10.1.1). */
    void requestBody() {
        if (expectsContinue()) {
            bodyRequested = true;
            response.writeContinue();
        }
    }

    private boolean expectsContinue() {
        return request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)
                && !request.version().equals(HttpVersion.HTTP_1_0);
    }

    /**
     * Whether the client waits for permission to send its body and does not get it. It may send its next request in
     * place of the body, which the server would read as the body.
     */
    private boolean mayOmitBody() {
        return !connection.multiplexed() && !bodyRequested && !request.isEnded() && expectsContinue();
    }

    /** Stops reading from the client until {@link #resumeReading}. */
    void stopReading() {
        if (!request.isEnded()) {
            readingStopped = true;
            request.pause();
            connection.stopReading();
        }
    }

    /** Whether {@link #stopReading} is in effect. */
    boolean isReadingStopped() {
        return readingStopped;
    }

    /** Reads again; has no effect if reading never stopped. */
    void resumeReading() {
        readingStopped = false;
        connection.resumeReading();
        request.resume();
    }

    /** Sends the answer with the current head and this body. */
    void end(Buffer body) {
        if (loop.closesConnections() || mayOmitBody()) {
            announceClose();
        }
        answered = true;
        markProgress();
        if (body.length() > PIECE) {
            endInPieces(body);
        } else {
            response.end(body).onComplete(this);
        }
    }

    /** Announces the end of the connection while the head can still be changed. */
    void announceClose() {
        if (!connection.multiplexed() && !response.headWritten()) {
            response.putHeader(HttpHeaders.CONNECTION, CLOSE);
        }
        connection.closeGracefully();
    }

    /** Called when the end of the answer was flushed or failed. Does not wait for the rest of an HTTP/2 request. */
    @Override
    public void complete(@Nullable Void nothing, @Nullable Throwable failure) {
        finish();
        if (connection.multiplexed() && !request.isEnded()) {
            response.reset(NO_ERROR);
        }
    }

    /** Called when the client is disconnected. */
    void clientDisconnected() {
        if (finished) {
            return;
        }
        boolean unanswered = !answered;
        finish();
        if (listener != null && unanswered) {
            listener.clientDisconnected();
        }
    }

    /** Ends the exchange at once; data that is not yet sent is lost. */
    void abort() {
        if (connection.multiplexed()) {
            response.reset(CANCEL);
        } else {
            connection.abort();
        }
    }

    void checkTimeouts(long now) {
        if (finished) {
            return;
        }
        if (!answered) {
            if (listener != null) {
                listener.checkTimeouts(now);
            }
        } else if (isStalled(now)) {
            abort();
        }
    }

    /** Finds out whether the client of an open stream is still connected. */
    void probe() {
        if (listener != null && !settled()) {
            listener.probe();
        }
    }

    /** Notifies an unanswered exchange that the server shuts down. */
    void draining() {
        if (listener != null && !settled()) {
            listener.draining();
        }
    }

    /** Called when the client has read something. */
    void markProgress() {
        lastProgress = loop.now();
    }

    /** Whether the client has not read anything for the write time. */
    boolean isStalled(long now) {
        return now - lastProgress > loop.settings.streams().writeTimeout().toNanos();
    }

    private void finish() {
        if (!finished) {
            finished = true;
            if (countedHead && !request.isEnded()) {
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
            response.write(body.slice(from, from + PIECE)).onComplete(piece -> markProgress());
        }
        response.end(body.slice(from, body.length())).onComplete(this);
    }

    /** Discards the rest of the body. A client that sends too much of it is disconnected. */
    private void ignoreBody(boolean closing) {
        request.handler(this::discard).endHandler(null);
        if (closing && !connection.multiplexed()) {
            announceClose();
        }
    }

    private void discard(Buffer rest) {
        discarded += rest.length();
        if (discarded > MAX_DISCARDED) {
            abort();
        }
    }
}
