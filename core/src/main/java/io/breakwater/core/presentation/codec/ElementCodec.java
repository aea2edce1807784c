package io.breakwater.core.presentation.codec;

import io.breakwater.port.JsonWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a list, an array or a map holds: values of one form, and null among them where the type says so. */
record ElementCodec(TypeCodec form, boolean nullable) {

    @Nullable
    Object read(JsonNode json) {
        if (!json.isNull() || form.readsNull()) {
            return form.read(json);
        }
        if (nullable) {
            return null;
        }
        throw new BindingException("must not be null");
    }

    void write(@Nullable Object value, JsonWriter out) {
        if (value != null) {
            form.write(value, out);
        } else if (nullable) {
            out.ascii("null");
        } else {
            throw new BindingException("is null. Leave it out, or mark the items' type @Nullable.");
        }
    }
}
