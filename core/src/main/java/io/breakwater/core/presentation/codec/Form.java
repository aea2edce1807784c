package io.breakwater.core.presentation.codec;

import io.breakwater.core.presentation.json.JsonWriter;
import tools.jackson.databind.JsonNode;

/** How the values of one type look as JSON. Never changes; safe for use by many threads. */
interface Form {
    /**
     * The value of this JSON.
     *
     * @throws Misfit when it has none
     */
    Object read(JsonNode json);

    /**
     * The value as JSON.
     *
     * @throws Misfit when JSON has no word for it; what was written until then is of no use
     */
    void write(Object value, JsonWriter out);

    /** Whether the JSON {@code null} is a value of the type, and not the lack of one. */
    default boolean readsNull() {
        return false;
    }
}
