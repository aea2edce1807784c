package io.breakwater.adapter.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Admits the streams of an HTTP/2 connection, one by one: a stream beyond the limit, with too many fields, or without
 * memory for its head is answered alone, in a few bytes, and the others go on.
 *
 * <p>Netty refuses a stream beyond its limit before it knows the stream; frames that the client had already sent on it
 * then are frames of a stream that never was, and end the connection with all its other streams. Therefore Netty's
 * limit is higher than the one that the client is told of. A refused stream is not reset, since resets are limited too:
 * it stays half closed until the client has sent its end, and its body is ignored.
 */
final class StreamLimiter extends Http2FrameListenerDecorator {
    /** The number of streams that Netty admits for each one that the client is told of. */
    private static final int ROOM = 4;

    /** The number of bytes that a client may still send on a refused stream. */
    private static final int MOST_IGNORED = 64 * 1024;

    private final Http2ConnectionHandler handler;
    private final ClientConnection connection;
    private final HeadMeter heads;
    private final TransportCounters tally;
    private final Http2Connection.PropertyKey ignored;
    private int most;

    private StreamLimiter(
            Http2ConnectionHandler handler, ClientConnection connection, HeadMeter heads, TransportCounters tally) {
        super(handler.decoder().frameListener());
        this.handler = handler;
        this.connection = connection;
        this.heads = heads;
        this.tally = tally;
        this.ignored = handler.connection().newKey();
    }

    /**
     * Stands before that connection's streams.
     *
     * @param heads measures their heads
     */
    static @Nullable StreamLimiter tryOpen(
            ChannelPipeline pipeline, ClientConnection connection, HeadMeter heads, HttpEventLoop loop) {
        var handler = pipeline.get(Http2ConnectionHandler.class);
        if (handler == null) {
            return null;
        }
        var room = new StreamLimiter(handler, connection, heads, loop.tally);
        handler.decoder().frameListener(room);
        room.widen(loop.settings.limits());
        MalformedStreamTracker.watch(pipeline);
        return room;
    }

    /** A connection that breaks while it is written to ends all its streams, of which Vert.x must know each. */
    private void written(Future<? super Void> done) {
        if (!done.isSuccess()) {
            close();
        }
    }

    /** Takes the refused streams away before the connection ends, since Vert.x does not know them. */
    void close() {
        try {
            handler.connection().forEachActiveStream(stream -> {
                if (isRefused(stream)) {
                    stream.close();
                }
                return true;
            });
        } catch (Http2Exception e) {
            throw new IllegalStateException("cannot close a refused stream", e);
        }
    }

    private void widen(HttpSettings.Limits limits) {
        most = (int) Math.min(Integer.MAX_VALUE, (long) ROOM * limits.requestsPerConnection());
        handler.connection().remote().maxActiveStreams(most);
    }

    /** From here on Netty has the limit in force that the client was told of. */
    @Override
    public void onSettingsAckRead(ChannelHandlerContext context) throws Http2Exception {
        handler.connection().remote().maxActiveStreams(most);
        super.onSettingsAckRead(context);
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int id,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean end)
            throws Http2Exception {
        var stream = handler.connection().stream(id);
        if (isRefused(stream)) {
            return; // trailers
        }
        var refusal = stream.isTrailersReceived() ? null : refusal(headers);
        if (refusal == null) {
            super.onHeadersRead(context, id, headers, dependency, weight, exclusive, padding, end);
        } else {
            stream.setProperty(ignored, new int[1]);
            refuse(context, id, refusal);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing waits for the reset
    @Override
    public int onDataRead(ChannelHandlerContext context, int id, ByteBuf data, int padding, boolean end)
            throws Http2Exception {
        var stream = handler.connection().stream(id);
        if (!isRefused(stream)) {
            return super.onDataRead(context, id, data, padding, end);
        }
        int read = data.readableBytes() + padding;
        int[] before = stream.getProperty(ignored);
        before[0] += read;
        if (before[0] > MOST_IGNORED && !end) {
            handler.resetStream(context, id, Http2Error.NO_ERROR.code(), context.newPromise());
        }
        return read;
    }

    private boolean isRefused(Http2Stream stream) {
        return stream.getProperty(ignored) != null;
    }

    private @Nullable RequestRejection refusal(Http2Headers headers) {
        if (connection.isFull()) {
            return RequestRejection.REQUESTS;
        }
        if (heads.isTooMany(headers.size())) {
            return RequestRejection.HEAD_FIELDS;
        }
        return heads.hasRoomForStream(headers.size(), characters(headers)) ? null : RequestRejection.MEMORY;
    }

    private static int characters(Http2Headers headers) {
        int count = 0;
        for (var field : headers) {
            count += field.getKey().length() + field.getValue().length();
        }
        return count;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing waits for it
    private void refuse(ChannelHandlerContext context, int id, RequestRejection why) {
        tally.refused(why);
        var body = why.body().getBytes();
        var head = new DefaultHttp2Headers()
                .status(HttpResponseStatus.valueOf(why.status).codeAsText())
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
        if (why.status == HttpResponseStatus.SERVICE_UNAVAILABLE.code()) {
            head.set(HttpHeaderNames.RETRY_AFTER, StatusMapping.seconds(MemoryQueue.LATER.retryAfter()));
        }
        var encoder = handler.encoder();
        encoder.writeHeaders(context, id, head, 0, false, context.newPromise().addListener(this::written));
        encoder.writeData(context, id, Unpooled.wrappedBuffer(body), 0, true, context.newPromise());
    }
}
