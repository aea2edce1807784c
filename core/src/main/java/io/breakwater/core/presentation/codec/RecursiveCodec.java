package io.breakwater.core.presentation.codec;

import io.breakwater.port.JsonWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Stands for a type inside itself, until the form of the whole is known and then in its place. */
final class RecursiveCodec implements TypeCodec {
    private @Nullable TypeCodec whole;

    void is(TypeCodec form) {
        whole = form;
    }

    @Override
    public Object read(JsonNode json) {
        return whole().read(json);
    }

    @Override
    public void write(Object value, JsonWriter out) {
        whole().write(value, out);
    }

    private TypeCodec whole() {
        if (whole == null) {
            throw new IllegalStateException("used before it was known");
        }
        return whole;
    }
}
