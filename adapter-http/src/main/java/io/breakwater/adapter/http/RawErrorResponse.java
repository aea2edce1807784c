package io.breakwater.adapter.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection before a request's head was read, when Vert.x has no response object yet: it writes the answer as
 * bytes and ignores further input. The connection stays open for a moment, because a client that is still sending would
 * otherwise lose the answer.
 */
final class RawErrorResponse extends ChannelInboundHandlerAdapter {

    private RawErrorResponse() {}

    /**
     * Writes the answer, and ignores input behind the given handler, which must be the first one of the connection.
     *
     * @param outbound the context that writes the answer, with TLS or without
     * @param plain whether closing the output of the socket can mark the end of the answer
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the connection ends in any case
    static void begin(
            ChannelHandlerContext first, ChannelHandlerContext outbound, int status, Buffer body, boolean plain) {
        first.pipeline().addAfter(first.name(), null, new RawErrorResponse());
        var written = outbound.writeAndFlush(answer(status, body));
        if (plain && outbound.channel() instanceof DuplexChannel both) {
            written.addListener(flushed -> both.shutdownOutput());
        }
        first.executor().schedule(() -> first.close(), ClientConnection.LINGER.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
    }

    private static ByteBuf answer(int status, Buffer body) {
        var head = "HTTP/1.1 " + HttpResponseStatus.valueOf(status) + "\r\ncontent-type: application/json\r\n"
                + SecurityHeaders.LINES + "connection: close\r\ncontent-length: " + body.length() + "\r\n\r\n";
        return Unpooled.wrappedBuffer(head.getBytes(US_ASCII), body.getBytes());
    }
}
