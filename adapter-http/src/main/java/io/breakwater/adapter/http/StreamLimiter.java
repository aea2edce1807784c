package io.breakwater.adapter.http;

import io.breakwater.port.driving.HttpReplyHead;
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
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Limits the streams of an HTTP/2 connection: a stream above the limit, with too many fields, or without memory for its
 * head is refused with a short answer, and the other streams continue.
 *
 * <p>Netty refuses a stream above its limit before it creates the stream; frames that the client had already sent on it
 * are then frames of an unknown stream, which end the connection with all its other streams. Therefore Netty's limit is
 * higher than the advertised one. A refused stream is not reset, since resets are limited too: it stays half-closed
 * until the client has sent its end, and its body is ignored.
 */
final class StreamLimiter extends Http2FrameListenerDecorator {
    /** Netty's limit on streams as a multiple of the advertised limit. */
    private static final int LIMIT_FACTOR = 4;

    /** The maximum number of bytes that a client may still send on a refused stream. */
    private static final int MAX_IGNORED = 64 * 1024;

    private final Http2ConnectionHandler handler;
    private final ClientConnection connection;
    private final HeadMeter headMeter;
    private final HttpEventLoop loop;
    private final Http2Connection.PropertyKey ignored;
    private final FrameBudget controlFrames;
    private int maxStreams;

    private StreamLimiter(
            Http2ConnectionHandler handler, ClientConnection connection, HeadMeter headMeter, HttpEventLoop loop) {
        super(handler.decoder().frameListener());
        this.handler = handler;
        this.connection = connection;
        this.headMeter = headMeter;
        this.loop = loop;
        this.ignored = handler.connection().newKey();
        this.controlFrames = new FrameBudget(loop.settings.limits().controlFramesPerWindow(), loop.now());
    }

    /**
     * Installs a limiter on a connection; returns null if it does not use HTTP/2.
     *
     * @param headMeter measures their heads
     */
    static @Nullable StreamLimiter tryOpen(
            ChannelPipeline pipeline, ClientConnection connection, HeadMeter headMeter, HttpEventLoop loop) {
        var handler = pipeline.get(Http2ConnectionHandler.class);
        if (handler == null) {
            return null;
        }
        var limiter = new StreamLimiter(handler, connection, headMeter, loop);
        handler.decoder().frameListener(limiter);
        limiter.raiseLimit(loop.settings.limits());
        MalformedStreamTracker.watch(pipeline);
        return limiter;
    }

    /**
     * Closes the refused streams when a write fails: a broken connection ends all its streams, and Vert.x knows only
     * the others.
     */
    private void written(Future<? super Void> done) {
        if (!done.isSuccess()) {
            close();
        }
    }

    /** Closes the refused streams before the connection ends, since Vert.x does not know them. */
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

    private void raiseLimit(HttpSettings.Limits limits) {
        maxStreams = (int) Math.min(Integer.MAX_VALUE, (long) LIMIT_FACTOR * limits.requestsPerConnection());
        handler.connection().remote().maxActiveStreams(maxStreams);
    }

    /** Restores the higher limit, since Netty now applies the advertised one. */
    @Override
    public void onSettingsAckRead(ChannelHandlerContext context) throws Http2Exception {
        handler.connection().remote().maxActiveStreams(maxStreams);
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
        if (before[0] > MAX_IGNORED && !end) {
            handler.resetStream(context, id, Http2Error.NO_ERROR.code(), context.newPromise());
        }
        return read;
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) throws Http2Exception {
        countControlFrame();
        super.onSettingsRead(context, settings);
    }

    @Override
    public void onPingRead(ChannelHandlerContext context, long data) throws Http2Exception {
        countControlFrame();
        super.onPingRead(context, data);
    }

    @Override
    public void onPriorityRead(ChannelHandlerContext context, int id, int dependency, short weight, boolean exclusive)
            throws Http2Exception {
        countControlFrame();
        super.onPriorityRead(context, id, dependency, weight, exclusive);
    }

    @Override
    public void onUnknownFrame(ChannelHandlerContext context, byte type, int id, Http2Flags flags, ByteBuf payload)
            throws Http2Exception {
        countControlFrame();
        super.onUnknownFrame(context, type, id, flags, payload);
    }

    /** Ends the connection if its client sends too many control frames. */
    private void countControlFrame() throws Http2Exception {
        if (!controlFrames.tryUse(loop.now())) {
            throw Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "too many control frames");
        }
    }

    private boolean isRefused(Http2Stream stream) {
        return stream.getProperty(ignored) != null;
    }

    private @Nullable RequestRejection refusal(Http2Headers headers) {
        if (connection.isFull()) {
            return RequestRejection.REQUESTS;
        }
        if (headMeter.isTooMany(headers.size())) {
            return RequestRejection.HEAD_FIELDS;
        }
        var method = headers.method();
        if (method != null && !HttpMethodName.isToken(method)) {
            return RequestRejection.BAD_REQUEST; // Vert.x would end the connection with its other requests
        }
        return headMeter.hasRoomForStream(headers.size(), characters(headers)) ? null : RequestRejection.MEMORY;
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
        loop.counters.refused(why);
        var body = loop.rejections.of(why).getBytes();
        var head = new DefaultHttp2Headers()
                .status(HttpResponseStatus.valueOf(why.status).codeAsText())
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
        SecurityHeaders.addTo(head);
        if (why.status == HttpResponseStatus.SERVICE_UNAVAILABLE.code()) {
            head.set(HttpHeaderNames.RETRY_AFTER, HttpReplyHead.seconds(MemoryQueue.RETRY_LATER.retryAfter()));
        }
        var encoder = handler.encoder();
        encoder.writeHeaders(context, id, head, 0, false, context.newPromise().addListener(this::written));
        encoder.writeData(context, id, Unpooled.wrappedBuffer(body), 0, true, context.newPromise());
    }
}
