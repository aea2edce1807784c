package io.breakwater.sample.network;

import io.breakwater.sample.network.ToxicProxy.Moment;
import org.jspecify.annotations.Nullable;

/** Where a connection is within its current exchange, found from the bytes of both directions. Thread-safe. */
final class ExchangePosition {
    private static final int FIRST_BYTES = 12;
    private static final int END_OF_HEAD = 0x0D0A0D0A;

    private int requestBytes;
    private int responseBytes;
    private int lastFour;
    private int bodyBytes = -1;

    /** The beginning of the first request is a moment that has passed when the connection was accepted. */
    synchronized void skipBeginning() {
        requestBytes = 1;
    }

    /** Counts a byte, and returns the moment of the exchange that comes just before it, if one does. */
    synchronized @Nullable Moment advance(byte next, boolean request) {
        return request ? advanceRequest() : advanceResponse(next);
    }

    private @Nullable Moment advanceRequest() {
        if (responseBytes > 0) {
            requestBytes = 0;
            responseBytes = 0;
            lastFour = 0;
            bodyBytes = -1;
        }
        return switch (requestBytes++) {
            case 0 -> Moment.BEFORE_REQUEST;
            case FIRST_BYTES -> Moment.DURING_REQUEST;
            default -> null;
        };
    }

    private @Nullable Moment advanceResponse(byte next) {
        if (bodyBytes >= 0) {
            return bodyBytes++ == 1 ? Moment.DURING_BODY : null;
        }
        lastFour = (lastFour << Byte.SIZE) | (next & 0xFF);
        if (lastFour == END_OF_HEAD) {
            bodyBytes = 0;
        }
        return responseBytes++ == FIRST_BYTES ? Moment.DURING_HEAD : null;
    }
}
