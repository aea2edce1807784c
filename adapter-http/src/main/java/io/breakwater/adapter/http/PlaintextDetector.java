package io.breakwater.adapter.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Consumer;

/**
 * Stands before TLS and looks at the first byte of a connection: a client that speaks plain HTTP is told so in words.
 */
final class PlaintextDetector extends ChannelInboundHandlerAdapter {
    private final Consumer<ChannelHandlerContext> dismissal;

    /**
     * A guard of one connection.
     *
     * @param dismissal runs when the client does not speak TLS, with the way to write to it without TLS
     */
    PlaintextDetector(Consumer<ChannelHandlerContext> dismissal) {
        this.dismissal = dismissal;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes && isMethod(bytes.getByte(bytes.readerIndex()))) {
            ReferenceCountUtil.release(message);
            dismissal.accept(context);
            return;
        }
        context.fireChannelRead(message);
        context.pipeline().remove(this);
    }

    /** TLS begins with a record's type, a control character; HTTP/1 and HTTP/2 with a method. */
    private static boolean isMethod(byte first) {
        return first >= 'A' && first <= 'Z';
    }
}
