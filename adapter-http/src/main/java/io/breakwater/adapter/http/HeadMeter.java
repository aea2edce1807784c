package io.breakwater.adapter.http;

import io.breakwater.port.driving.MemoryLease;
import java.io.Serial;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures the head of a request while it is read, and reserves memory for it. A connection has one meter, since it
 * reads one head at a time; the request takes over the reserved memory when it begins.
 *
 * <p>A small head of an HTTP/1 request is not counted, because the limit on connections covers it. The heads of HTTP/2
 * requests are all counted, because one connection can have many active requests.
 */
final class HeadMeter {
    /** The bytes of one field in addition to its characters: its entry in the map, a name, and a value. */
    static final int FIELD = 160;

    /** The bytes up to which the head of an HTTP/1 request is not counted. */
    static final int UNCOUNTED = 4 * 1024;

    /** The bytes of an HTTP/2 stream in addition to the fields of its head. */
    static final int STREAM = 4 * 1024;

    private final int maxFields;
    private final Supplier<MemoryLease> leases;
    private @Nullable MemoryLease lease;
    private @Nullable Runnable onRequestBegin;
    private long held;
    private int fields;
    private int bytes;
    private boolean complete;

    /**
     * Creates a meter for one connection.
     *
     * @param maxFields the maximum number of fields in a head
     * @param leases gives an empty lease of the connection's caller
     */
    HeadMeter(int maxFields, Supplier<MemoryLease> leases) {
        this.maxFields = maxFields;
        this.leases = leases;
    }

    /** Counts one more field of an HTTP/1 head before it is stored. */
    void field() {
        if (++fields > maxFields) {
            throw new TooManyFieldsException();
        }
    }

    /** Counts bytes that were read of an HTTP/1 head; returns false when there is no memory for them. */
    boolean hasRoomFor(int more) {
        bytes += more;
        int weight = fields * FIELD + bytes;
        return weight <= UNCOUNTED || reserve(weight);
    }

    /** Reserves memory for trailers of the maximum size; returns false when there is none. */
    boolean hasRoomForTrailers(int maxBytes) {
        bytes = maxBytes;
        return reserve((long) fields * FIELD + bytes);
    }

    /** Whether a head of HTTP/2 has more fields than allowed. */
    boolean isTooMany(int fields) {
        return fields > maxFields;
    }

    /** Reserves memory for a whole HTTP/2 head; returns false when there is none. */
    boolean hasRoomForStream(int fields, int bytes) {
        release();
        return reserve(STREAM + (long) fields * FIELD + bytes);
    }

    private boolean reserve(long weight) {
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

    /** Called when the head is complete; its request begins at once, or when the previous request is answered. */
    void complete() {
        complete = true;
    }

    /** Whether there is a complete head whose request has not begun. */
    boolean isRequestWaiting() {
        return complete;
    }

    /** Runs the action when the request of the complete head begins. */
    void onRequestBegin(Runnable action) {
        onRequestBegin = action;
    }

    /** Called when the request begins; passes the lease of its head on, which may be empty. */
    MemoryLease takeLease() {
        var taken = lease == null ? leases.get() : lease;
        lease = null;
        reset();
        if (onRequestBegin != null) {
            var action = onRequestBegin;
            onRequestBegin = null;
            action.run();
        }
        return taken;
    }

    /** Releases the memory of a head whose request never began. */
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
