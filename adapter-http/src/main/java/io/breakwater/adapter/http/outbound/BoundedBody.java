package io.breakwater.adapter.http.outbound;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.vertx.core.buffer.Buffer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects the body of a response, up to a limit, and reserves its memory. Not thread-safe. */
final class BoundedBody {
    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
    private static final int WITHOUT_RESERVATION = 8 << 10;
    private static final int BLOCK = 64 << 10;

    /** A body is in memory twice while it is copied to its array. */
    private static final long COPIES = 2;

    private final String origin;
    private final int maxBytes;
    private final CallContext context;
    private final Buffer bytes = Buffer.buffer();
    private int reserved = WITHOUT_RESERVATION;

    BoundedBody(String origin, int maxBytes, CallContext context) {
        this.origin = origin;
        this.maxBytes = maxBytes;
        this.context = context;
    }

    /**
     * Checks the size that the response announces.
     *
     * @throws PortException.RefusedException when it is above the limit
     */
    void expect(@Nullable String contentLength) {
        if (contentLength != null
                && LENGTH.matcher(contentLength).matches()
                && Long.parseLong(contentLength) > maxBytes) {
            throw tooLarge();
        }
    }

    /**
     * Adds bytes.
     *
     * @throws PortException.RefusedException when the body is too large, or there is no memory for it
     */
    void add(Buffer next) {
        if (next.length() > maxBytes - bytes.length()) {
            throw tooLarge();
        }
        int size = bytes.length() + next.length();
        if (size > reserved) {
            reserve(Math.max(BLOCK, size - reserved));
        }
        bytes.appendBuffer(next);
    }

    private void reserve(int more) {
        var result = context.reserve(COPIES * more);
        if (result == CallContext.Reservation.NEVER) {
            throw tooLarge();
        }
        if (result == CallContext.Reservation.NONE_NOW) {
            throw new PortException.RefusedException(
                    Reason.OVERLOADED, "The server has no memory for the response of " + origin + " at present.", null);
        }
        reserved += more;
    }

    private PortException.RefusedException tooLarge() {
        return new PortException.RefusedException(
                Reason.OTHER,
                "The response of " + origin + " is larger than the limit of " + maxBytes + " bytes.",
                null);
    }

    byte[] bytes() {
        return bytes.getBytes();
    }
}
