package io.breakwater.adapter.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Consumer;

/** Inspects the first byte of a connection before TLS, so that a client that uses plain HTTP gets a readable error. */
final class PlaintextDetector extends ChannelInboundHandlerAdapter {
    private final Consumer<ChannelHandlerContext> onPlaintext;

    /**
     * Creates the detector of one connection.
     *
     * @param onPlaintext runs when the client does not use TLS, with the context that writes without TLS
     */
    PlaintextDetector(Consumer<ChannelHandlerContext> onPlaintext) {
        this.onPlaintext = onPlaintext;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes && isMethod(bytes.getByte(bytes.readerIndex()))) {
            ReferenceCountUtil.release(message);
            onPlaintext.accept(context);
            return;
        }
        context.fireChannelRead(message);
        context.pipeline().remove(this);
    }

    /** TLS begins with the type of a record, a control character; HTTP/1 and HTTP/2 begin with a method. */
    private static boolean isMethod(byte first) {
        return first >= 'A' && first <= 'Z';
    }
}
