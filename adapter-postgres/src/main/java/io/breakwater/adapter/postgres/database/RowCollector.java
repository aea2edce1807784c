package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.codec.RowsEncoder;
import io.breakwater.adapter.postgres.codec.TypeRegistry;
import io.breakwater.adapter.postgres.connection.GuardedConnection;
import io.breakwater.adapter.postgres.net.RowMemory;
import io.breakwater.adapter.postgres.pipeline.StatementResult;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.SqlGateway.Rows;
import io.breakwater.port.driven.SqlGateway.Window;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one answer, as they come in portions. The first portion is small enough for wide rows and large enough
 * for most answers; how many come next depends on how large the first ones were, so that little is sent that does not
 * fit.
 */
final class RowCollector {
    static final int FIRST = 256;
    private static final int MOST = 2_000;

    private final TypeRegistry types;
    private final GuardedConnection session;
    private final Window window;
    private final long bytes;
    private final RowMemory memory;
    private @Nullable RowsEncoder array;
    private int asked;
    private long skipped;
    private int portions;
    private boolean cut;
    private boolean complete;

    /**
     * Rows for a window.
     *
     * @param types known, or looked up in the session
     * @param bytes what is left of the window's bytes
     * @param memory what the rows occupy
     */
    RowCollector(TypeRegistry types, GuardedConnection session, Window window, long bytes, RowMemory memory) {
        this.types = types;
        this.session = session;
        this.window = window;
        this.bytes = bytes;
        this.memory = memory;
        memory.expectJson(bytes);
    }

    Window window() {
        return window;
    }

    /** How many bytes it has taken. */
    long size() {
        return array == null ? 0 : array.size();
    }

    /** How many rows to ask for next, one of them only to see that there are more. */
    int portion() {
        long missing = window.rows() + 1L - count();
        asked = (int) Math.min(missing, count() == 0 ? FIRST : Math.min(MOST, fitting()));
        return asked;
    }

    /** How many more rows of the same size would fit, and one more. */
    private long fitting() {
        var rows = array;
        if (rows == null) {
            return 1;
        }
        return (bytes - rows.size()) * rows.count() / rows.size() + 1;
    }

    /** How many rows a statement that is no cursor may return, so that no more are sent than are needed. */
    int limit() {
        return Math.toIntExact(Math.min(Integer.MAX_VALUE, window.offset() + window.rows() + 1));
    }

    /** What comes next is all rows, from before the window on. */
    void expectAll() {
        asked = Integer.MAX_VALUE;
        skipped = window.offset();
    }

    /** Takes the next portion of rows. */
    void add(StatementResult rows) throws SQLException {
        var into = array == null ? session.lookUp(connection -> RowsEncoder.of(rows, types, connection, bytes)) : array;
        array = into;
        int came = 0;
        while (!cut && came < rows.rowCount()) {
            cut = came >= skipped && (into.count() == window.rows() || !add(rows, came, into));
            came++;
        }
        memory.check();
        cut |= rows.isTruncated();
        portions++;
        complete = cut || came < asked;
    }

    /**
     * Adds a row if it fits into the window; false when it was the last one, too, since what it takes is known
     * afterwards.
     */
    private boolean add(StatementResult rows, int row, RowsEncoder into) {
        int before = into.size();
        return into.add(rows, row) && memory.takesJson(into.size() - before);
    }

    /** Whether one portion was all. */
    boolean fitsOnePortion() {
        return complete && portions == 1;
    }

    /** Whether there is nothing more to ask for. */
    boolean isComplete() {
        return complete;
    }

    private int count() {
        return array == null ? 0 : array.count();
    }

    /** What came. */
    Rows answer(boolean ordered, boolean repeatable) {
        var rows = array;
        if (rows == null) {
            throw new IllegalStateException("no answer was taken");
        }
        if (rows.count() == 0 && cut && bytes == window.bytes()) {
            throw new PortException.RefusedException(
                    Reason.INVALID,
                    "Row " + (window.offset() + 1) + " alone is larger than the " + window.bytes()
                            + " bytes that an answer may have; ask for fewer or shorter columns.",
                    null);
        }
        return new Rows(rows.columns(), rows.finish(), rows.count(), cut, ordered, repeatable);
    }
}
