package io.breakwater.adapter.postgres.net;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import java.sql.SQLException;

/**
 * The memory that the rows of one call occupy: as they come from the server, and as JSON. It is reserved in steps,
 * before a row is read. Rows for which there is no room are left out, and {@link #check} tells why. Not thread-safe.
 */
public final class RowMemory {
    /** The driver reads on the thread of the call. */
    private static final ThreadLocal<RowMemory> CURRENT = new ThreadLocal<>();

    /** Short answers are not worth counting. */
    private static final long FREE = 8 * 1024;

    private static final long STEP = 64 * 1024;
    /** A row: its object, the array of its values, and its place in the list. */
    private static final long ROW = 40;
    /** A value: the header of its array, padding, and its place in the row. */
    private static final long VALUE = 28;
    /** JSON exists twice while its buffer grows, and a grown buffer is half empty. */
    private static final long COPIES = 4;

    private final CallContext scope;
    private long reserved = FREE;
    private long used;
    private long unwritten;
    private long paid;
    private boolean refused;

    /** Of that call, which holds no rows yet. */
    public RowMemory(CallContext scope) {
        this.scope = scope;
    }

    /** Reads rows, which count here. */
    public <T> T during(Reading<T> reading) throws SQLException {
        CURRENT.set(this);
        try {
            return reading.read();
        } finally {
            CURRENT.remove();
        }
    }

    /** Whether there is room for a row of the call that reads on this thread. */
    static boolean takesRow(int length, int values) {
        var memory = CURRENT.get();
        return memory == null || memory.takeRow(length, length + ROW + VALUE * values);
    }

    /** Rows come of which so many bytes at most are written as JSON. */
    public void expectJson(long bytes) {
        unwritten = COPIES * bytes;
    }

    /** With the room for writing it, so that rows that were read can be written. */
    private boolean takeRow(int length, long weight) {
        long writing = Math.min(unwritten, COPIES * length);
        if (!take(weight + writing)) {
            return false;
        }
        unwritten -= writing;
        paid += writing;
        return true;
    }

    /** Whether there is room for so much more of the answer: JSON may be longer than what came. */
    public boolean takesJson(int bytes) {
        long due = COPIES * bytes;
        long covered = Math.min(paid, due);
        paid -= covered;
        return due == covered || take(due - covered);
    }

    /**
     * Fails the call if rows are missing only because others hold the memory at present.
     *
     * @throws PortException.RefusedException which says so
     */
    public void check() {
        if (refused) {
            throw new PortException.RefusedException(
                    Reason.OVERLOADED,
                    "The rows do not fit into the memory that is free at present (limits.memory, limits.memory-share)."
                            + " Try again soon, or ask for fewer rows.",
                    null);
        }
    }

    private boolean take(long bytes) {
        long missing = used + bytes - reserved;
        if (missing > 0 && !reserve(Math.max(missing, STEP))) {
            return false;
        }
        used += bytes;
        return true;
    }

    private boolean reserve(long bytes) {
        var room = scope.reserve(bytes);
        refused |= room == CallContext.Room.NONE_NOW;
        if (room == CallContext.Room.RESERVED) {
            reserved += bytes;
        }
        return room == CallContext.Room.RESERVED;
    }

    /** Reads rows. */
    @FunctionalInterface
    public interface Reading<T> {
        /** From the server. */
        T read() throws SQLException;
    }
}
