package io.breakwater.core.presentation.codec;

import io.breakwater.port.JsonWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Converts the elements of a list, an array or a map, including null if the type allows it. */
record ElementCodec(TypeCodec codec, boolean nullable) {

    @Nullable
    Object read(JsonNode json) {
        if (!json.isNull() || codec.readsNull()) {
            return codec.read(json);
        }
        if (nullable) {
            return null;
        }
        throw new BindingException("must not be null");
    }

    void write(@Nullable Object value, JsonWriter out) {
        if (value != null) {
            codec.write(value, out);
        } else if (nullable) {
            out.ascii("null");
        } else {
            throw new BindingException("is null. Remove it, or mark the type of the items @Nullable.");
        }
    }
}
