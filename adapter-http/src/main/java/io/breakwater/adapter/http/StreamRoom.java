package io.breakwater.adapter.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;

/**
 * Lets an HTTP/2 client open a few more streams than it was allowed, so that each can be refused alone.
 *
 * <p>Netty refuses a stream beyond the limit before it knows the stream; frames that the client had already sent on it
 * then are frames of a stream that never was, and end the connection with all its other streams. With room to spare the
 * stream exists, is reset, and what still comes on it is ignored (RFC 9113 section 5.1.2).
 */
final class StreamRoom extends Http2FrameListenerDecorator {
    private final Http2ConnectionHandler handler;
    private final int streams;

    private StreamRoom(Http2ConnectionHandler handler, Http2FrameListener listener, int streams) {
        super(listener);
        this.handler = handler;
        this.streams = streams;
    }

    /** Makes room for twice the streams that the client is told of. */
    static void make(ChannelPipeline pipeline, HttpSettings.Limits limits) {
        var handler = pipeline.get(Http2ConnectionHandler.class);
        if (handler != null) {
            var decoder = handler.decoder();
            int twice = (int) Math.min(Integer.MAX_VALUE, 2L * limits.requestsPerConnection());
            decoder.frameListener(new StreamRoom(handler, decoder.frameListener(), twice));
        }
    }

    /** The limit that the client was told of is in force from here on. */
    @Override
    public void onSettingsAckRead(ChannelHandlerContext context) throws Http2Exception {
        handler.connection().remote().maxActiveStreams(streams);
        super.onSettingsAckRead(context);
    }
}
