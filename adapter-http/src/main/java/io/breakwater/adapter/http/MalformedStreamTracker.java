package io.breakwater.adapter.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;

/**
 * Registers streams that Netty resets before it creates them, because their head is malformed or there are far too
 * many. Further frames on such a stream would end the connection with all its other streams; on a registered, closed
 * stream they are errors of that stream only (RFC 9113 section 5.1).
 *
 * <p>It is placed between the socket and Netty's HTTP/2 handler, since only the RST_STREAM frame shows the reset.
 */
final class MalformedStreamTracker extends ChannelOutboundHandlerAdapter {
    // a frame: its length in three bytes, type, flags, stream, payload
    private static final int RESET_LENGTH = 13;
    private static final int TYPE = 3;
    private static final int STREAM = 5;
    private static final byte RST_STREAM = 3;

    private final Http2Connection connection;

    private MalformedStreamTracker(Http2Connection connection) {
        this.connection = connection;
    }

    /** Inspects the outgoing frames of a connection from now on. */
    static void watch(ChannelPipeline pipeline) {
        var handler = pipeline.context(Http2ConnectionHandler.class);
        if (handler != null) {
            var connection = ((Http2ConnectionHandler) handler.handler()).connection();
            pipeline.addBefore(handler.name(), null, new MalformedStreamTracker(connection));
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof ByteBuf frame && isReset(frame)) {
            register(frame.getInt(frame.readerIndex() + STREAM));
        }
        super.write(context, message, promise);
    }

    private static boolean isReset(ByteBuf frame) {
        return frame.readableBytes() == RESET_LENGTH && frame.getByte(frame.readerIndex() + TYPE) == RST_STREAM;
    }

    private void register(int stream) throws Http2Exception {
        var remote = connection.remote();
        if (remote.isValidStreamId(stream) && !connection.streamMayHaveExisted(stream) && !connection.goAwaySent()) {
            int limit = remote.maxActiveStreams();
            remote.maxActiveStreams(Integer.MAX_VALUE);
            try {
                remote.createStream(stream, true).close();
            } finally {
                remote.maxActiveStreams(limit);
            }
        }
    }
}
