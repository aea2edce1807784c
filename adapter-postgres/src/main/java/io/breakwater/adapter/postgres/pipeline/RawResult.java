package io.breakwater.adapter.postgres.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Field;
import org.postgresql.core.Tuple;

/** The server's result of one statement: rows, or the number of changed rows. Immutable. */
public final class RawResult {
    private final Field @Nullable [] fields;
    private final List<Tuple> rows;
    private final boolean truncated;
    private final long updateCount;

    private RawResult(Field @Nullable [] fields, List<Tuple> rows, boolean truncated, long updateCount) {
        this.fields = fields;
        this.rows = rows;
        this.truncated = truncated;
        this.updateCount = updateCount;
    }

    static RawResult ofRows(Field[] fields, List<Tuple> rows, boolean truncated) {
        return new RawResult(fields, rows, truncated, -1);
    }

    static RawResult ofCommand(long updateCount) {
        return new RawResult(null, List.of(), false, updateCount);
    }

    /** Whether the statement returns rows, even if there are none. */
    public boolean hasRows() {
        return fields != null;
    }

    /** The number of rows that a statement without rows changed. */
    public long updateCount() {
        return updateCount;
    }

    /** Whether rows are missing at the end because they exceeded the memory of one exchange. */
    public boolean isTruncated() {
        return truncated;
    }

    /** The number of columns. */
    public int columnCount() {
        return fields == null ? 0 : fields.length;
    }

    /** The name of a column, counted from 0. */
    public String columnName(int column) {
        return field(column).getColumnLabel();
    }

    /** The OID of a column's type. */
    public int columnType(int column) {
        return field(column).getOID();
    }

    private Field field(int column) {
        if (fields == null) {
            throw new IllegalStateException("the statement returned no rows");
        }
        return fields[column];
    }

    /** The number of rows. */
    public int rowCount() {
        return rows.size();
    }

    /** Returns a value in PostgreSQL's text format, encoded in UTF-8; null for SQL's NULL. Not a copy. */
    public byte @Nullable [] value(int row, int column) {
        return rows.get(row).get(column);
    }
}
