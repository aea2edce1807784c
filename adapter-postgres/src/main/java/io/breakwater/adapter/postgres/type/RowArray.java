package io.breakwater.adapter.postgres.type;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.port.Json;
import io.breakwater.port.driven.SqlGateway.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgResultSet;

/**
 * Rows as an array of objects, encoded as they come: whole ones only, and no more than so many bytes with the brackets.
 * Not thread-safe.
 */
public final class RowArray {
    private static final long MOST_BYTES = 1 << 30;

    private final JsonBytes out = new JsonBytes();
    private final List<Column> columns;
    private final Type[] types;
    private final byte[][] keys;
    private final long bytes;
    private int count;

    private RowArray(List<String> names, Type[] types, long bytes) {
        this.types = types;
        this.bytes = Math.min(bytes, MOST_BYTES);
        this.columns = IntStream.range(0, types.length)
                .mapToObj(i -> new Column(names.get(i), types[i].name()))
                .toList();
        this.keys = names.stream().map(RowArray::key).toArray(byte[][]::new);
        out.raw('[');
    }

    /**
     * For rows such as these.
     *
     * @param bytes how many the array may take
     */
    public static RowArray of(ResultSet rows, Types known, long bytes) throws SQLException {
        var result = rows.unwrap(PgResultSet.class);
        var meta = rows.getMetaData();
        var names = new ArrayList<String>();
        var numbers = new int[meta.getColumnCount()];
        for (int i = 0; i < numbers.length; i++) {
            names.add(meta.getColumnLabel(i + 1));
            numbers[i] = result.getColumnOID(i + 1);
        }
        var connection = rows.getStatement().getConnection();
        return new RowArray(ColumnNames.unique(names), known.of(numbers, connection), bytes);
    }

    private static byte[] key(String name) {
        var key = new JsonBytes();
        key.text(name.getBytes(UTF_8));
        key.raw(':');
        return key.toByteArray();
    }

    /** Adds the row the cursor is at, or does nothing and returns false when it does not fit any more. */
    public boolean add(ResultSet row) throws SQLException {
        int before = out.size();
        if (count > 0) {
            out.raw(',');
        }
        write(row);
        if (out.size() + 1 > bytes) {
            out.truncate(before);
            return false;
        }
        count++;
        return true;
    }

    private void write(ResultSet row) throws SQLException {
        out.raw('{');
        for (int i = 0; i < keys.length; i++) {
            if (i > 0) {
                out.raw(',');
            }
            out.raw(keys[i]);
            write(types[i].form(), row.getBytes(i + 1));
        }
        out.raw('}');
    }

    private void write(Form form, byte @Nullable [] value) {
        if (value == null) {
            out.nothing();
        } else if (form.equals(Form.BYTES)) {
            out.base64(value); // the driver has decoded these
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
