package io.breakwater.adapter.http.outbound;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a kept connection on which an instance sends more than the response to the request. Vert.x does so for complete
 * messages only; the beginning of one would wait in the decoder, and spoil the response to the next request. One handler
 * sees the bytes before they are decoded, and the other one the messages. For one connection.
 */
final class ResponseBoundary {
    /** The response that is complete is still delivered. */
    private static final long LINGER_SECONDS = 1;

    private final HttpConnection connection;
    private boolean waiting;
    private boolean interim;
    private @Nullable ByteBuf current; // the bytes that are being decoded

    private ResponseBoundary(HttpConnection connection) {
        this.connection = connection;
    }

    /** Watches a connection on which no request has been sent. */
    static void install(HttpConnection connection) {
        if (!(connection instanceof ConnectionBase base)) {
            throw new IllegalStateException("The connection is no connection of Vert.x: " + connection.getClass());
        }
        var pipeline = base.channel().pipeline();
        var codec = pipeline.context(HttpClientCodec.class);
        if (codec == null) {
            throw new IllegalStateException("The connection decodes no HTTP/1.1.");
        }
        var boundary = new ResponseBoundary(connection);
        pipeline.addBefore(codec.name(), null, boundary.new Bytes());
        pipeline.addAfter(codec.name(), null, boundary.new Messages());
    }

    /**
     * Gives the connection to no other request, and closes it after the present response, or at once if there is none. To
     * close the channel itself would leave the connection in the pool for a moment, and the next request could get it.
     */
    static void closeAfterResponse(HttpConnection connection) {
        var unused = connection.shutdown(LINGER_SECONDS, TimeUnit.SECONDS);
    }

    private final class Bytes extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            if (!waiting) {
                ReferenceCountUtil.release(bytes);
                closeAfterResponse(connection);
                return;
            }
            current = (ByteBuf) bytes;
            try {
                context.fireChannelRead(bytes);
            } finally {
                current = null;
            }
        }
    }

    private final class Messages extends ChannelDuplexHandler {
        @SuppressWarnings("FutureReturnValueIgnored") // the promise has the result
        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            waiting |= message instanceof HttpRequest;
            context.write(message, promise);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpResponse response) {
                interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            }
            if (message instanceof LastHttpContent && !interim) {
                waiting = false;
                if (isSurplus()) {
                    closeAfterResponse(connection);
                }
            }
            context.fireChannelRead(message);
        }
    }

    /** The decoder releases bytes that it has read completely, or copied to join them with others. */
    private boolean isSurplus() {
        return current != null && current.refCnt() > 0 && current.isReadable();
    }
}
