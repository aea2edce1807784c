package io.breakwater.adapter.postgres.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.adapter.postgres.pipeline.StatementResult;
import io.breakwater.port.Json;
import io.breakwater.port.driven.SqlGateway.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows as an array of objects, encoded as they come: whole ones only, and no more than so many bytes with the brackets.
 * Not thread-safe.
 */
public final class RowsEncoder {
    private static final long MOST_BYTES = 1 << 30;

    private final JsonBuffer out = new JsonBuffer();
    private final List<Column> columns;
    private final PostgresType[] types;
    private final byte[][] keys;
    private final long bytes;
    private int count;

    private RowsEncoder(List<String> names, PostgresType[] types, long bytes) {
        this.types = types;
        this.bytes = Math.min(bytes, MOST_BYTES);
        this.columns = IntStream.range(0, types.length)
                .mapToObj(i -> new Column(names.get(i), types[i].name()))
                .toList();
        this.keys = names.stream().map(RowsEncoder::key).toArray(byte[][]::new);
        out.raw('[');
    }

    /**
     * For rows such as these.
     *
     * @param connection is asked for types that are not known
     * @param bytes how many the array may take
     */
    public static RowsEncoder of(StatementResult rows, TypeRegistry known, Connection connection, long bytes)
            throws SQLException {
        var names = new ArrayList<String>();
        var numbers = new int[rows.columnCount()];
        for (int i = 0; i < numbers.length; i++) {
            names.add(rows.columnName(i));
            numbers[i] = rows.columnType(i);
        }
        return new RowsEncoder(ColumnNames.unique(names), known.of(numbers, connection), bytes);
    }

    private static byte[] key(String name) {
        var key = new JsonBuffer();
        key.text(name.getBytes(UTF_8));
        key.raw(':');
        return key.toByteArray();
    }

    /** Adds one of the rows, or does nothing and returns false when it does not fit any more. */
    public boolean add(StatementResult rows, int row) {
        int before = out.size();
        if (count > 0) {
            out.raw(',');
        }
        write(rows, row);
        if (out.size() + 1 > bytes) {
            out.truncate(before);
            return false;
        }
        count++;
        return true;
    }

    private void write(StatementResult rows, int row) {
        out.raw('{');
        for (int i = 0; i < keys.length; i++) {
            if (i > 0) {
                out.raw(',');
            }
            out.raw(keys[i]);
            write(types[i].form(), rows.value(row, i));
        }
        out.raw('}');
    }

    private void write(ValueEncoder form, byte @Nullable [] value) {
        if (value == null) {
            out.nothing();
        } else {
            form.write(value, 0, value.length, out);
        }
    }

    /** What the rows hold. */
    public List<Column> columns() {
        return columns;
    }

    /** How many rows there are. */
    public int count() {
        return count;
    }

    /** How many bytes the array takes as it is. */
    public int size() {
        return out.size() + 1;
    }

    /** The array; nothing can be added to it any more. */
    public Json.Raw finish() {
        out.raw(']');
        return new Json.Raw(out.toByteArray());
    }
}
