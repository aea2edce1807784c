package io.breakwater.adapter.http;

import io.breakwater.adapter.http.network.IpLiteral;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.AddressFamily;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.util.function.Consumer;

/**
 * Reads the header of the PROXY protocol, version 1 or 2, with which each connection of a trusted proxy begins. TLS and
 * HTTP follow it. A connection without a valid header is closed at once. If the header names no IP address, because the
 * proxy speaks for itself or its client uses another kind of socket, the caller is the proxy.
 */
final class ProxyHeaderReader extends ChannelInboundHandlerAdapter {
    /** The maximum size of the parts of a header of version 2 that follow the addresses. */
    private static final int MAX_EXTENSION_BYTES = 4 * 1024;

    private final Consumer<InetAddress> onCaller;
    private final Runnable onInvalid;
    private boolean invalid;

    private ProxyHeaderReader(Consumer<InetAddress> onCaller, Runnable onInvalid) {
        this.onCaller = onCaller;
        this.onInvalid = onInvalid;
    }

    /**
     * Installs the reader in front of a new connection's other handlers.
     *
     * @param onCaller receives the address of the caller, if the header names one
     * @param onInvalid runs when the connection has no valid header and is closed
     */
    static void install(ChannelPipeline pipeline, Consumer<InetAddress> onCaller, Runnable onInvalid) {
        pipeline.addFirst(new HAProxyMessageDecoder(MAX_EXTENSION_BYTES), new ProxyHeaderReader(onCaller, onInvalid));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (!invalid && message instanceof HAProxyMessage header) {
                context.pipeline().remove(this);
                readCaller(context, header);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void readCaller(ChannelHandlerContext context, HAProxyMessage header) {
        var family = header.proxiedProtocol().addressFamily();
        boolean named = header.command() == HAProxyCommand.PROXY
                && (family == AddressFamily.AF_IPv4 || family == AddressFamily.AF_IPv6);
        if (named) {
            IpLiteral.parse(header.sourceAddress()).ifPresentOrElse(onCaller, () -> refuse(context));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof DecoderException) {
            refuse(context);
        } else {
            context.fireExceptionCaught(cause);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing waits for the close
    private void refuse(ChannelHandlerContext context) {
        if (!invalid) {
            invalid = true;
            onInvalid.run();
            context.close();
        }
    }
}
