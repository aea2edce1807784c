package io.breakwater.core.presentation.codec;

import io.breakwater.core.presentation.codec.SchemaWriter.Direction;
import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import io.breakwater.server.schema.InvalidSchemaException;

/**
 * Describes the result of a method, and converts it to JSON. It may have any type that a component of a record may
 * have. Thread-safe; created once for each method.
 */
public final class ReturnCodec {
    private static final int INITIAL_CAPACITY = 256;

    private final String at;
    private final Json.Obj schema;
    private final TypeCodec codec;

    private ReturnCodec(ResolvedType type, String at) {
        this.at = at;
        this.schema = SchemaWriter.write(type, at, Direction.RESULT);
        this.codec = CodecFactory.of(type, at);
    }

    /**
     * Creates the codec of results of a type.
     *
     * @param at the method, for messages: {@code OrderTools.findOrder}
     * @throws InvalidSchemaException if the type cannot be described
     */
    public static ReturnCodec of(ResolvedType type, String at) {
        return new ReturnCodec(type, at);
    }

    /** Returns the schema of the results. */
    public Json.Obj schema() {
        return schema;
    }

    /**
     * Returns the result as JSON in UTF-8, on one line.
     *
     * @throws IllegalStateException if the result contradicts its type, for example with null in a list
     */
    public byte[] write(Object result) {
        try {
            var out = new JsonWriter(INITIAL_CAPACITY);
            codec.write(result, out);
            return out.toBytes();
        } catch (BindingException e) {
            throw new IllegalStateException("The result of " + at + " cannot be written: " + e.describe(), e);
        }
    }
}
