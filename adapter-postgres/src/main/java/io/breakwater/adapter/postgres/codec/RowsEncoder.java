package io.breakwater.adapter.postgres.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.adapter.postgres.pipeline.RawResult;
import io.breakwater.port.Json;
import io.breakwater.port.driven.SqlGateway.ResultColumn;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Encodes rows as a JSON array of objects. The array contains complete rows only, and has a maximum size in bytes. Not
 * thread-safe.
 */
public final class RowsEncoder {
    private static final long MAX_BYTES = 1 << 30;

    private final JsonBuffer out = new JsonBuffer();
    private final List<ResultColumn> columns;
    private final PostgresType[] types;
    private final byte[][] keys;
    private final long maxBytes;
    private int count;

    private RowsEncoder(List<String> names, PostgresType[] types, long maxBytes) {
        this.types = types;
        this.maxBytes = Math.min(maxBytes, MAX_BYTES);
        this.columns = IntStream.range(0, types.length)
                .mapToObj(i -> new ResultColumn(names.get(i), types[i].name()))
                .toList();
        this.keys = names.stream().map(RowsEncoder::key).toArray(byte[][]::new);
        out.raw('[');
    }

    /**
     * Creates an encoder for rows with the columns of this result.
     *
     * @param registry the types that are known so far
     * @param connection the connection on which unknown types are looked up
     * @param maxBytes the maximum size of the array with its brackets
     */
    public static RowsEncoder of(RawResult rows, TypeRegistry registry, Connection connection, long maxBytes)
            throws SQLException {
        var names = new ArrayList<String>();
        var oids = new int[rows.columnCount()];
        for (int i = 0; i < oids.length; i++) {
            names.add(rows.columnName(i));
            oids[i] = rows.columnType(i);
        }
        return new RowsEncoder(ColumnNames.unique(names), registry.lookUp(oids, connection), maxBytes);
    }

    private static byte[] key(String name) {
        var key = new JsonBuffer();
        key.text(name.getBytes(UTF_8));
        key.raw(':');
        return key.toByteArray();
    }

    /** Adds one row; returns false, and adds nothing, when the row does not fit. */
    public boolean add(RawResult rows, int row) {
        int before = out.size();
        if (count > 0) {
            out.raw(',');
        }
        write(rows, row);
        if (out.size() + 1 > maxBytes) {
            out.truncate(before);
            return false;
        }
        count++;
        return true;
    }

    private void write(RawResult rows, int row) {
        out.raw('{');
        for (int i = 0; i < keys.length; i++) {
            if (i > 0) {
                out.raw(',');
            }
            out.raw(keys[i]);
            write(types[i].encoder(), rows.value(row, i));
        }
        out.raw('}');
    }

    private void write(ValueEncoder encoder, byte @Nullable [] value) {
        if (value == null) {
            out.writeNull();
        } else {
            encoder.write(value, 0, value.length, out);
        }
    }

    /** The columns of the rows. */
    public List<ResultColumn> columns() {
        return columns;
    }

    /** The number of rows in the array. */
    public int count() {
        return count;
    }

    /** The current size of the array in bytes. */
    public int size() {
        return out.size() + 1;
    }

    /** Completes and returns the array. No row can be added afterwards. */
    public Json.Raw finish() {
        out.raw(']');
        return new Json.Raw(out.toByteArray());
    }
}
