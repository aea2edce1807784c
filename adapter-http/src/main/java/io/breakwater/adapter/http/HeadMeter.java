package io.breakwater.adapter.http;

import io.breakwater.port.driving.MemoryLease;
import java.io.Serial;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures the head of a request while it is read, and holds memory for what it occupies. A connection has one meter,
 * since it reads one head at a time; the request takes over what the meter holds when it begins.
 *
 * <p>A small head of an HTTP/1 request is not counted: what a connection occupies includes it. The heads of HTTP/2
 * requests are all counted, for many of them can be at work on one connection.
 */
final class HeadMeter {
    /** What one field occupies beside its characters: its entry in the map, a name, and a value. */
    static final int FIELD = 160;

    /** What the head of an HTTP/1 request may occupy without being counted. */
    static final int FREE = 4 * 1024;

    /** What an HTTP/2 stream occupies beside the fields of its head. */
    static final int STREAM = 4 * 1024;

    private final int mostFields;
    private final Supplier<MemoryLease> leases;
    private @Nullable MemoryLease lease;
    private @Nullable Runnable onRead;
    private long held;
    private int fields;
    private int bytes;
    private boolean complete;

    /**
     * A meter that has measured nothing yet.
     *
     * @param mostFields the number of fields that a head may have
     * @param leases gives an empty lease of the connection's caller
     */
    HeadMeter(int mostFields, Supplier<MemoryLease> leases) {
        this.mostFields = mostFields;
        this.leases = leases;
    }

    /** Counts one more field of an HTTP/1 head before it is kept. */
    void field() {
        if (++fields > mostFields) {
            throw new TooManyFieldsException();
        }
    }

    /** Counts bytes of an HTTP/1 head that were read; false when there is no memory for them. */
    boolean hasRoomFor(int more) {
        bytes += more;
        int weight = fields * FIELD + bytes;
        return weight <= FREE || holds(weight);
    }

    /** Counts one more trailer as if all of them had been read; false when there is no memory for that. */
    boolean hasRoomForTrailers(int most) {
        bytes = most;
        return holds((long) fields * FIELD + bytes);
    }

    /** Whether a head of HTTP/2 has more fields than allowed. */
    boolean isTooMany(int fields) {
        return fields > mostFields;
    }

    /** Holds memory for a whole HTTP/2 head; false when there is none. */
    boolean hasRoomForStream(int fields, int bytes) {
        release();
        return holds(STREAM + (long) fields * FIELD + bytes);
    }

    private boolean holds(long weight) {
        if (weight <= held) {
            return true;
        }
        if (lease == null) {
            lease = leases.get();
        }
        if (!lease.tryGrow(weight - held)) {
            return false;
        }
        held = weight;
        return true;
    }

    /** The head is complete; its request begins at once, or when the one before it is answered. */
    void complete() {
        complete = true;
    }

    /** Whether a head is complete whose request has not begun. */
    boolean isAhead() {
        return complete;
    }

    /** Has the action run when the request begins whose head is complete. */
    void onRead(Runnable action) {
        onRead = action;
    }

    /** The request begins, and takes over what its head holds: a lease that may be empty. */
    MemoryLease take() {
        var taken = lease == null ? leases.get() : lease;
        lease = null;
        reset();
        if (onRead != null) {
            var action = onRead;
            onRead = null;
            action.run();
        }
        return taken;
    }

    /** Gives back what is held for a head whose request never began. */
    void release() {
        if (lease != null) {
            lease.release();
            lease = null;
        }
        reset();
    }

    private void reset() {
        complete = false;
        held = 0;
        fields = 0;
        bytes = 0;
    }

    /** The head has more fields than allowed. */
    static final class TooManyFieldsException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private TooManyFieldsException() {
            super("too many header fields", null, false, false);
        }
    }
}
