package io.breakwater.adapter.postgres.net;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import java.sql.SQLException;

/**
 * The memory for the rows of one call, both as the server sends them and as JSON. It is reserved in steps, before a row
 * is read. Rows that do not fit are dropped, and {@link #check} reports the reason. Not thread-safe.
 */
public final class RowMemory {
    /** The driver reads on the thread of the call. */
    private static final ThreadLocal<RowMemory> CURRENT = new ThreadLocal<>();

    /** Short results are not counted. */
    private static final long UNCOUNTED_BYTES = 8 * 1024;

    private static final long RESERVATION_STEP = 64 * 1024;
    /** The overhead of a row in bytes: its object, the array of its values, and its reference in the list. */
    private static final long ROW_OVERHEAD = 40;
    /** The overhead of a value in bytes: the header of its array, padding, and its reference in the row. */
    private static final long VALUE_OVERHEAD = 28;
    /** The factor for JSON: it exists twice while its buffer grows, and a buffer that has grown is half empty. */
    private static final long JSON_COPIES = 4;

    private final CallContext context;
    private long reserved = UNCOUNTED_BYTES;
    private long used;
    private long expectedJson;
    private long reservedForJson;
    private boolean refused;

    /** Creates the memory of a call that has no rows yet. */
    public RowMemory(CallContext context) {
        this.context = context;
    }

    /** Reads rows, and counts them here. */
    public <T> T during(RowReader<T> reader) throws SQLException {
        CURRENT.set(this);
        try {
            return reader.read();
        } finally {
            CURRENT.remove();
        }
    }

    /** Reserves memory for a row of the call that reads on this thread; false when there is not enough. */
    static boolean reserveRowOfCurrentCall(int length, int values) {
        var memory = CURRENT.get();
        return memory == null || memory.reserveRow(length, length + ROW_OVERHEAD + VALUE_OVERHEAD * values);
    }

    /** Sets the maximum size of the JSON for the following rows, in bytes. */
    public void expectJson(long bytes) {
        expectedJson = JSON_COPIES * bytes;
    }

    /** Reserves also the memory for the row's JSON, so that all rows that were read can be written. */
    private boolean reserveRow(int length, long weight) {
        long writing = Math.min(expectedJson, JSON_COPIES * length);
        if (!use(weight + writing)) {
            return false;
        }
        expectedJson -= writing;
        reservedForJson += writing;
        return true;
    }

    /** Reserves memory for more JSON, which may be longer than the received row; false when there is not enough. */
    public boolean reserveJson(int bytes) {
        long due = JSON_COPIES * bytes;
        long covered = Math.min(reservedForJson, due);
        reservedForJson -= covered;
        return due == covered || use(due - covered);
    }

    /**
     * Fails the call when rows are missing only because other calls use the memory at the moment.
     *
     * @throws PortException.RefusedException OVERLOADED in this case
     */
    public void check() {
        if (refused) {
            throw new PortException.RefusedException(
                    Reason.OVERLOADED,
                    "The rows do not fit into the memory of the server that is free at the moment."
                            + " Try again soon, or request fewer rows.",
                    null);
        }
    }

    private boolean use(long bytes) {
        long missing = used + bytes - reserved;
        if (missing > 0 && !reserve(Math.max(missing, RESERVATION_STEP))) {
            return false;
        }
        used += bytes;
        return true;
    }

    private boolean reserve(long bytes) {
        var reservation = context.reserve(bytes);
        refused |= reservation == CallContext.Reservation.NONE_NOW;
        if (reservation == CallContext.Reservation.RESERVED) {
            reserved += bytes;
        }
        return reservation == CallContext.Reservation.RESERVED;
    }

    /** Reads rows from the server. */
    @FunctionalInterface
    public interface RowReader<T> {
        /** Reads and returns the rows. */
        T read() throws SQLException;
    }
}
