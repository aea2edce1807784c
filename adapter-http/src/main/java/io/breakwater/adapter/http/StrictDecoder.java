package io.breakwater.adapter.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.impl.http1.VertxHttpRequestDecoder;
import java.io.Serial;
import java.util.List;

/**
 * Vert.x's decoder of HTTP/1 requests, less lenient: it refuses folded header lines and empty field names (RFC 9112
 * section 5), and transfer codings other than {@code chunked} (section 6.1).
 *
 * <p>A body whose chunks are broken, or that is not complete when the client stops sending, does not end the connection
 * without a word, as it would in Vert.x: the decoder passes on a piece of no bytes, which no sound HTTP/1 body
 * contains, and {@link BodyReader} refuses the request.
 */
final class StrictDecoder extends VertxHttpRequestDecoder {
    private static final String NAME = "httpDecoder";
    private static final byte LF = '\n';

    private final HeadMeter meter;
    private final int mostTrailers;
    private final Runnable whenBroken;
    private final RequestLine line = new RequestLine();
    private boolean inputEnded;
    private boolean inHead = true;
    private boolean lineEnded;
    private boolean folded;
    private boolean broken;

    private StrictDecoder(HttpSettings.Limits limits, HeadMeter meter, Runnable whenBroken) {
        super(new Http1ServerConfig()
                .setMaxHeaderSize(limits.headBytes())
                .setMaxInitialLineLength(limits.requestLineBytes()));
        this.meter = meter;
        this.mostTrailers = limits.headBytes();
        this.whenBroken = whenBroken;
    }

    /**
     * Takes the place of Vert.x's decoder, which must not have read anything yet.
     *
     * @param meter measures the heads
     * @param whenBroken runs when nothing that follows on the connection can be read
     */
    static void install(ChannelPipeline pipeline, HttpSettings.Limits limits, HeadMeter meter, Runnable whenBroken) {
        var present = pipeline.get(NAME);
        if (present != null && !(present instanceof StrictDecoder)) {
            pipeline.replace(NAME, NAME, new StrictDecoder(limits, meter, whenBroken));
        }
    }

    /** The client sends nothing more: a body that is not complete never will be. */
    static void inputEnded(ChannelPipeline pipeline) {
        var context = pipeline.context(NAME);
        if (context != null && context.handler() instanceof StrictDecoder decoder) {
            decoder.inputEnded = true;
            decoder.breakOffIfCut(context);
        }
    }

    /** Ends a body that never will be complete; not while bytes of it wait to be decoded. */
    private void breakOffIfCut(ChannelHandlerContext context) {
        if (inputEnded && isWithinBody() && !meter.isAhead()) {
            context.fireChannelRead(breakOff());
            context.fireChannelReadComplete();
        }
    }

    private boolean isWithinBody() {
        return !inHead && !broken;
    }

    private HttpContent breakOff() {
        broken = true;
        whenBroken.run();
        return new DefaultHttpContent(Unpooled.EMPTY_BUFFER);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) throws Exception {
        if (broken) {
            bytes.skipBytes(bytes.readableBytes());
        } else if (meter.isAhead()) {
            waitForAnswer(context);
        } else if (inHead) {
            int from = bytes.readerIndex();
            super.decode(context, bytes, out);
            int to = bytes.readerIndex();
            line.inspect(bytes, from, to);
            lookForFolds(bytes, from, to);
            measure(to - from, out);
            headRead(out);
        } else {
            super.decode(context, bytes, out);
            pieceRead(out);
        }
    }

    /** Reads nothing beyond the head of a request that waits for the answer to the one before it. */
    private void waitForAnswer(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(false);
        meter.onRead(() -> context.executor().execute(() -> goOn(context)));
    }

    private void goOn(ChannelHandlerContext context) {
        if (context.isRemoved()) {
            return;
        }
        context.channel().config().setAutoRead(true);
        try {
            channelRead(context, Unpooled.EMPTY_BUFFER); // what waits is decoded
            channelReadComplete(context);
            breakOffIfCut(context);
        } catch (Exception e) {
            context.fireExceptionCaught(e);
        }
    }

    /** A head for which there is no memory is given up, and takes its connection with it. */
    private void measure(int read, List<Object> out) {
        if (!meter.hasRoomFor(read)) {
            var request = out.isEmpty() ? createInvalidMessage() : (HttpMessage) out.getFirst();
            if (request.decoderResult().isSuccess()) {
                request.setDecoderResult(DecoderResult.failure(new NoMemoryException()));
            }
            out.clear();
            out.add(request);
        }
    }

    @Override
    protected AsciiString splitHeaderName(byte[] bytes, int start, int length) {
        meter.field();
        if (!inHead && !meter.hasRoomForTrailers(mostTrailers)) {
            throw new IllegalArgumentException("no memory for trailers");
        }
        if (length == 0) {
            throw new IllegalArgumentException("a header field without a name");
        }
        return super.splitHeaderName(bytes, start, length);
    }

    @Override
    protected String splitThirdWordInitialLine(byte[] bytes, int start, int length) {
        return RequestLine.version(super.splitThirdWordInitialLine(bytes, start, length));
    }

    /** Whether a line of the head begins with white space: to some readers it goes on with the line before. */
    private void lookForFolds(ByteBuf bytes, int from, int to) {
        int at = from;
        while (at < to) {
            folded |= lineEnded && isBlank(bytes.getByte(at));
            int end = bytes.indexOf(at, to, LF);
            lineEnded = end >= 0;
            at = lineEnded ? end + 1 : to;
        }
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || character == '\t';
    }

    private void headRead(List<Object> out) {
        if (out.isEmpty() || !(out.getFirst() instanceof HttpRequest request)) {
            return;
        }
        if (request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING) && hasForeignCoding(request)) {
            request.setDecoderResult(DecoderResult.failure(new CodingException()));
        } else if (request.decoderResult().isSuccess() && line.isMalformed()) {
            request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("a malformed request line")));
        } else if (folded) {
            request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("a folded header line")));
        }
        if (request.decoderResult().isFailure()) {
            broken = true;
            out.subList(1, out.size()).clear();
        } else {
            meter.complete();
        }
        request.headers().remove(HttpHeaderNames.UPGRADE);
        inHead = out.getLast() instanceof LastHttpContent;
        lineEnded = false;
        line.reset();
    }

    private static boolean hasForeignCoding(HttpRequest request) {
        for (var field : request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING)) {
            for (var coding : field.split(",", -1)) {
                if (!coding.isBlank() && !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(coding.strip())) {
                    return true;
                }
            }
        }
        return false;
    }

    private void pieceRead(List<Object> out) {
        if (out.isEmpty() || !(out.getLast() instanceof HttpContent piece)) {
            return;
        }
        if (piece.decoderResult().isFailure()) {
            out.set(out.size() - 1, breakOff());
        } else if (piece instanceof LastHttpContent last) {
            inHead = true;
            meter.release(); // of trailers
            if (!last.content().isReadable()) {
                out.set(out.size() - 1, LastHttpContent.EMPTY_LAST_CONTENT); // nobody reads trailers
            }
        }
    }

    /** There is no memory for the head of a request. */
    static final class NoMemoryException extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        private NoMemoryException() {
            super("no memory for the header fields", null, false, false);
        }
    }

    /** The body is encoded in a way that is not served. */
    static final class CodingException extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        private CodingException() {
            super("a transfer coding other than chunked", null, false, false);
        }
    }
}
