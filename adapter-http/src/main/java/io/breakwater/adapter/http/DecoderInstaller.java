package io.breakwater.adapter.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.http.impl.tcp.Http1xOrH2CHandler;

/**
 * Installs the {@link StrictDecoder} in the pipeline of a connection without TLS. Vert.x creates its own decoder when
 * the first bytes show the protocol; this handler follows that decision and precedes the decoder.
 */
final class DecoderInstaller extends ChannelInboundHandlerAdapter {
    private final HttpSettings.Limits limits;
    private final HeadMeter meter;
    private final Runnable whenBroken;

    private DecoderInstaller(HttpSettings.Limits limits, HeadMeter meter, Runnable whenBroken) {
        this.limits = limits;
        this.meter = meter;
        this.whenBroken = whenBroken;
    }

    /** Waits until Vert.x has detected the protocol, if that is still open. */
    static void await(ChannelPipeline pipeline, HttpSettings.Limits limits, HeadMeter meter, Runnable whenBroken) {
        var decision = pipeline.context(Http1xOrH2CHandler.class);
        if (decision != null) {
            pipeline.addAfter(decision.name(), null, new DecoderInstaller(limits, meter, whenBroken));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        StrictDecoder.install(context.pipeline(), limits, meter, whenBroken);
        context.fireChannelRead(message);
        context.pipeline().remove(this);
    }
}
