package io.breakwater.core.presentation.codec;

import io.breakwater.port.JsonWriter;
import io.breakwater.server.schema.InvalidSchemaException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Converts JSON that matches the schema of a type to its value, and values to JSON that matches the schema of a result.
 * It reads and writes exactly what {@link RecordSchemas} describes: the same names, defaults, variants and formats, and
 * numbers without loss. Thread-safe.
 *
 * @param <T> a record, or another type that {@link RecordSchemas} supports
 */
public final class RecordCodec<T> {
    private static final int INITIAL_CAPACITY = 256;

    private final Class<T> type;
    private final TypeCodec codec;

    private RecordCodec(Class<T> type) {
        this.type = type;
        this.codec = CodecFactory.of(type);
    }

    /**
     * Returns the codec of the arguments of a tool.
     *
     * @throws InvalidSchemaException if the record cannot be created, for example because its module does not open its
     *     package
     */
    public static <T extends Record> RecordCodec<T> ofArguments(Class<T> type) {
        return new RecordCodec<>(type);
    }

    /**
     * Returns the codec of the result of a tool.
     *
     * @throws InvalidSchemaException if the type cannot be read, for example because its module does not open its
     *     package
     */
    public static <T> RecordCodec<T> ofResult(Class<T> type) {
        return new RecordCodec<>(type);
    }

    /** Converts JSON that matches the schema. */
    public BindingResult<T> read(JsonNode checked) {
        try {
            return new BindingResult.Value<>(type.cast(codec.read(checked)));
        } catch (BindingException e) {
            return new BindingResult.Refused<>(List.of(e.violation()));
        }
    }

    /**
     * Returns the value as JSON in UTF-8, on one line.
     *
     * @throws IllegalStateException if the value contradicts its type, for example with null in a component that is not
     *     nullable; the message names the position
     */
    public byte[] write(T value) {
        if (value == null) {
            throw new IllegalStateException(type.getSimpleName() + " cannot be written: the value is null.");
        }
        try {
            var out = new JsonWriter(INITIAL_CAPACITY);
            codec.write(value, out);
            return out.toBytes();
        } catch (BindingException e) {
            throw new IllegalStateException(type.getSimpleName() + " cannot be written: " + e.describe(), e);
        }
    }
}
