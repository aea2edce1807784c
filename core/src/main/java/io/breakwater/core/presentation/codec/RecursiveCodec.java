package io.breakwater.core.presentation.codec;

import io.breakwater.port.JsonWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The codec of a type inside itself. It delegates to the codec of the whole type once that exists. */
final class RecursiveCodec implements TypeCodec {
    private @Nullable TypeCodec delegate;

    void resolve(TypeCodec codec) {
        delegate = codec;
    }

    @Override
    public Object read(JsonNode json) {
        return delegate().read(json);
    }

    @Override
    public void write(Object value, JsonWriter out) {
        delegate().write(value, out);
    }

    private TypeCodec delegate() {
        if (delegate == null) {
            throw new IllegalStateException("The codec was used before it was resolved");
        }
        return delegate;
    }
}
