package io.breakwater.adapter.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.http.impl.tcp.Http1xOrH2CHandler;

/**
 * Puts the {@link StrictDecoder} into the pipeline of a connection without TLS. Vert.x makes its own decoder when the
 * first bytes show which protocol they are; this handler stands right behind that decision and before the decoder.
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

    /** Waits for the decision, if it is still to be made. */
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
