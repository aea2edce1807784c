package io.breakwater.core.presentation.codec;

import io.breakwater.port.JsonWriter;
import io.breakwater.server.schema.InvalidSchemaException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Turns JSON that fits the schema of a type into its value, and values into JSON that fits the schema of a result. It
 * reads and writes exactly what {@link RecordSchemas} describes: the same names, defaults, variants and formats,
 * numbers without loss. Made once per type; safe for use by many threads.
 *
 * @param <T> a record, or any other type {@link RecordSchemas} knows
 */
public final class RecordCodec<T> {
    private static final int ROOM = 256;

    private final Class<T> type;
    private final TypeCodec form;

    private RecordCodec(Class<T> type) {
        this.type = type;
        this.form = CodecFactory.of(type);
    }

    /**
     * The binding of a tool's arguments.
     *
     * @throws InvalidSchemaException when the record cannot be made, because its module does not open its package for
     *     instance
     */
    public static <T extends Record> RecordCodec<T> ofArguments(Class<T> type) {
        return new RecordCodec<>(type);
    }

    /**
     * The binding of a tool's result.
     *
     * @throws InvalidSchemaException when the type cannot be read, because its module does not open its package for
     *     instance
     */
    public static <T> RecordCodec<T> ofResult(Class<T> type) {
        return new RecordCodec<>(type);
    }

    /** The value of JSON that passed the schema. */
    public BindingResult<T> read(JsonNode checked) {
        try {
            return new BindingResult.Value<>(type.cast(form.read(checked)));
        } catch (BindingException misfit) {
            return new BindingResult.Refused<>(List.of(misfit.violation()));
        }
    }

    /**
     * The value as JSON in UTF-8, on one line.
     *
     * @throws IllegalStateException when the value breaks its own type's promise, with null where none may be for
     *     instance; the message says where
     */
    public byte[] write(T value) {
        if (value == null) {
            throw new IllegalStateException(type.getSimpleName() + " cannot be written: it is null.");
        }
        try {
            var out = new JsonWriter(ROOM);
            form.write(value, out);
            return out.toBytes();
        } catch (BindingException misfit) {
            throw new IllegalStateException(type.getSimpleName() + " cannot be written: " + misfit.sentence(), misfit);
        }
    }
}
