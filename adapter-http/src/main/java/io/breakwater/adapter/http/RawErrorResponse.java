package io.breakwater.adapter.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection before a request's head was read, when Vert.x has no response to write to yet: an answer in bytes,
 * then nothing more is taken. The connection stays for a moment, since a client that is still sending would lose the
 * answer otherwise.
 */
final class RawErrorResponse extends ChannelInboundHandlerAdapter {

    private RawErrorResponse() {}

    /**
     * Begins behind that handler, which must be the connection's first.
     *
     * @param way from where the answer goes out, behind TLS or before it
     * @param plain whether the answer's end can be shown by closing our side of the socket
     */
    @SuppressWarnings("FutureReturnValueIgnored") // it ends in any case
    static void begin(ChannelHandlerContext first, ChannelHandlerContext way, RequestRejection why, boolean plain) {
        first.pipeline().addAfter(first.name(), null, new RawErrorResponse());
        var said = way.writeAndFlush(answer(why));
        if (plain && way.channel() instanceof DuplexChannel both) {
            said.addListener(flushed -> both.shutdownOutput());
        }
        first.executor().schedule(() -> first.close(), ClientConnection.LINGER.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
    }

    private static ByteBuf answer(RequestRejection why) {
        var body = why.body();
        var head = "HTTP/1.1 " + HttpResponseStatus.valueOf(why.status) + "\r\ncontent-type: application/json\r\n"
                + "connection: close\r\ncontent-length: " + body.length() + "\r\n\r\n";
        return Unpooled.wrappedBuffer(head.getBytes(US_ASCII), body.getBytes());
    }
}
