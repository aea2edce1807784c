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
 * A stricter version of Vert.x's decoder for HTTP/1 requests: it refuses folded header lines and empty field names (RFC
 * 9112 section 5), and transfer codings other than {@code chunked} (section 6.1).
 *
 * <p>In Vert.x, a body with malformed chunks, or one that is incomplete when the client stops sending, ends the
 * connection without an answer. This decoder passes on an empty piece instead, which no valid HTTP/1 body contains, and
 * {@link BodyReader} refuses the request.
 */
final class StrictDecoder extends VertxHttpRequestDecoder {
    private static final String NAME = "httpDecoder";
    private static final byte LF = '\n';

    private final HeadMeter meter;
    private final int maxTrailerBytes;
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
        this.maxTrailerBytes = limits.headBytes();
        this.whenBroken = whenBroken;
    }

    /**
     * Replaces Vert.x's decoder, which must not have read anything yet.
     *
     * @param meter measures the heads
     * @param whenBroken runs when no further input of the connection can be decoded
     */
    static void install(ChannelPipeline pipeline, HttpSettings.Limits limits, HeadMeter meter, Runnable whenBroken) {
        var present = pipeline.get(NAME);
        if (present != null && !(present instanceof StrictDecoder)) {
            pipeline.replace(NAME, NAME, new StrictDecoder(limits, meter, whenBroken));
        }
    }

    /** Called when the client sends nothing more: an incomplete body stays incomplete. */
    static void inputEnded(ChannelPipeline pipeline) {
        var context = pipeline.context(NAME);
        if (context != null && context.handler() instanceof StrictDecoder decoder) {
            decoder.inputEnded = true;
            decoder.endTruncatedBody(context);
        }
    }

    /** Ends an incomplete body when the input has ended, unless bytes of it wait to be decoded. */
    private void endTruncatedBody(ChannelHandlerContext context) {
        if (inputEnded && isWithinBody() && !meter.isRequestWaiting()) {
            context.fireChannelRead(endBrokenBody());
            context.fireChannelReadComplete();
        }
    }

    private boolean isWithinBody() {
        return !inHead && !broken;
    }

    private HttpContent endBrokenBody() {
        broken = true;
        whenBroken.run();
        return new DefaultHttpContent(Unpooled.EMPTY_BUFFER);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) throws Exception {
        if (broken) {
            bytes.skipBytes(bytes.readableBytes());
        } else if (meter.isRequestWaiting()) {
            waitForAnswer(context);
        } else if (inHead) {
            int from = bytes.readerIndex();
            super.decode(context, bytes, out);
            int to = bytes.readerIndex();
            line.inspect(bytes, from, to);
            detectFolding(bytes, from, to);
            measure(to - from, out);
            headRead(out);
        } else {
            super.decode(context, bytes, out);
            pieceRead(out);
        }
    }

    /** Stops decoding after the head of a request that waits for the answer to the previous one. */
    private void waitForAnswer(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(false);
        meter.onRequestBegin(() -> context.executor().execute(() -> resumeDecoding(context)));
    }

    private void resumeDecoding(ChannelHandlerContext context) {
        if (context.isRemoved()) {
            return;
        }
        context.channel().config().setAutoRead(true);
        try {
            channelRead(context, Unpooled.EMPTY_BUFFER); // decodes the pending bytes
            channelReadComplete(context);
            endTruncatedBody(context);
        } catch (Exception e) {
            context.fireExceptionCaught(e);
        }
    }

    /** Rejects a head for which there is no memory, which ends its connection. */
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
        if (!inHead && !meter.hasRoomForTrailers(maxTrailerBytes)) {
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

    /**
     * Detects a line of the head that begins with white space, which some parsers treat as a continuation of the
     * previous line.
     */
    private void detectFolding(ByteBuf bytes, int from, int to) {
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
        if (request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING) && hasUnsupportedCoding(request)) {
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

    private static boolean hasUnsupportedCoding(HttpRequest request) {
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
            out.set(out.size() - 1, endBrokenBody());
        } else if (piece instanceof LastHttpContent last) {
            inHead = true;
            meter.release(); // of trailers
            if (!last.content().isReadable()) {
                out.set(out.size() - 1, LastHttpContent.EMPTY_LAST_CONTENT); // trailers are not used
            }
        }
    }

    /** Thrown when there is no memory for the head of a request. */
    static final class NoMemoryException extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        private NoMemoryException() {
            super("no memory for the header fields", null, false, false);
        }
    }

    /** Thrown when the body has an unsupported transfer coding. */
    static final class CodingException extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        private CodingException() {
            super("a transfer coding other than chunked", null, false, false);
        }
    }
}
