package io.breakwater.core.presentation.codec;

import io.breakwater.port.JsonWriter;
import tools.jackson.databind.JsonNode;

/** How the values of one type look as JSON. Never changes; safe for use by many threads. */
interface TypeCodec {
    /**
     * The value of this JSON.
     *
     * @throws BindingException when it has none
     */
    Object read(JsonNode json);

    /**
     * The value as JSON.
     *
     * @throws BindingException when JSON has no word for it; what was written until then is of no use
     */
    void write(Object value, JsonWriter out);

    /** Whether the JSON {@code null} is a value of the type, and not the lack of one. */
    default boolean readsNull() {
        return false;
    }
}
