package io.breakwater.core.presentation.codec;

import io.breakwater.port.JsonWriter;
import tools.jackson.databind.JsonNode;

/** Converts the values of one type to and from JSON. Implementations are immutable and thread-safe. */
interface TypeCodec {
    /**
     * Returns the value of this JSON.
     *
     * @throws BindingException if the JSON is not a value of the type
     */
    Object read(JsonNode json);

    /**
     * Writes the value as JSON.
     *
     * @throws BindingException if JSON cannot represent the value; the output so far is then not usable
     */
    void write(Object value, JsonWriter out);

    /** Returns whether the JSON {@code null} is a value of the type. */
    default boolean readsNull() {
        return false;
    }
}
