package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.codec.RowsEncoder;
import io.breakwater.adapter.postgres.codec.TypeRegistry;
import io.breakwater.adapter.postgres.connection.GuardedConnection;
import io.breakwater.adapter.postgres.net.RowMemory;
import io.breakwater.adapter.postgres.pipeline.RawResult;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.SqlGateway.Rows;
import io.breakwater.port.driven.SqlGateway.Window;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Collects the rows of one result in portions. The first portion is small enough for wide rows and large enough for
 * most results; the size of later portions depends on the size of the first rows, so that the server sends few rows
 * that do not fit.
 */
final class RowCollector {
    static final int FIRST_PORTION = 256;
    private static final int MAX_PORTION = 2_000;

    private final TypeRegistry types;
    private final GuardedConnection connection;
    private final Window window;
    private final long maxBytes;
    private final RowMemory memory;
    private @Nullable RowsEncoder rowsEncoder;
    private int requested;
    private long skipped;
    private int portions;
    private boolean truncated;
    private boolean complete;

    /**
     * Creates a collector for a window.
     *
     * @param types the known types; unknown ones are looked up on the connection
     * @param maxBytes the remaining bytes of the window
     * @param memory the memory of the rows
     */
    RowCollector(TypeRegistry types, GuardedConnection connection, Window window, long maxBytes, RowMemory memory) {
        this.types = types;
        this.connection = connection;
        this.window = window;
        this.maxBytes = maxBytes;
        this.memory = memory;
        memory.expectJson(maxBytes);
    }

    Window window() {
        return window;
    }

    /** The size of the collected rows in bytes. */
    long size() {
        return rowsEncoder == null ? 0 : rowsEncoder.size();
    }

    /** Returns the number of rows to request next, including one row that only shows whether there are more. */
    int nextPortion() {
        long missing = window.rows() + 1L - count();
        requested = (int) Math.min(missing, count() == 0 ? FIRST_PORTION : Math.min(MAX_PORTION, estimateFitting()));
        return requested;
    }

    /** Estimates how many more rows of the same size fit, and adds one. */
    private long estimateFitting() {
        var rows = rowsEncoder;
        if (rows == null) {
            return 1;
        }
        return (maxBytes - rows.size()) * rows.count() / rows.size() + 1;
    }

    /** The maximum number of rows for a statement without a cursor, so that the server sends only what is needed. */
    int maxRows() {
        return Math.toIntExact(Math.min(Integer.MAX_VALUE, window.offset() + window.rows() + 1));
    }

    /** Expects all rows in the next portion, including those before the window. */
    void expectAll() {
        requested = Integer.MAX_VALUE;
        skipped = window.offset();
    }

    /** Adds the next portion of rows. */
    void add(RawResult rows) throws SQLException {
        var encoder = rowsEncoder == null
                ? connection.lookUp(jdbc -> RowsEncoder.of(rows, types, jdbc, maxBytes))
                : rowsEncoder;
        rowsEncoder = encoder;
        int received = 0;
        while (!truncated && received < rows.rowCount()) {
            truncated = received >= skipped && (encoder.count() == window.rows() || !add(rows, received, encoder));
            received++;
        }
        memory.check();
        truncated |= rows.isTruncated();
        portions++;
        complete = truncated || received < requested;
    }

    /**
     * Adds a row if it fits into the window. Returns false when it does not fit, and also when it used up the memory,
     * because its size is known only afterwards.
     */
    private boolean add(RawResult rows, int row, RowsEncoder encoder) {
        int before = encoder.size();
        return encoder.add(rows, row) && memory.reserveJson(encoder.size() - before);
    }

    /** Whether one portion contained all rows. */
    boolean fitsOnePortion() {
        return complete && portions == 1;
    }

    /** Whether no more rows are needed. */
    boolean isComplete() {
        return complete;
    }

    private int count() {
        return rowsEncoder == null ? 0 : rowsEncoder.count();
    }

    /** Returns the collected rows. */
    Rows toRows(boolean ordered, boolean repeatable) {
        var rows = rowsEncoder;
        if (rows == null) {
            throw new IllegalStateException("no portion was added");
        }
        if (rows.count() == 0 && truncated && maxBytes == window.bytes()) {
            throw new PortException.RefusedException(
                    Reason.INVALID,
                    "Row " + (window.offset() + 1) + " alone is larger than the " + window.bytes()
                            + " bytes that a result may have; select fewer or shorter columns.",
                    null);
        }
        return new Rows(rows.columns(), rows.finish(), rows.count(), truncated, ordered, repeatable);
    }
}
