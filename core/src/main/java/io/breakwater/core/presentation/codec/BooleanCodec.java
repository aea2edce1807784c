package io.breakwater.core.presentation.codec;

import io.breakwater.port.JsonWriter;
import tools.jackson.databind.JsonNode;

/** Converts booleans. */
final class BooleanCodec implements TypeCodec {
    @Override
    public Object read(JsonNode json) {
        if (!json.isBoolean()) {
            throw new BindingException("must be true or false");
        }
        return json.booleanValue();
    }

    @Override
    public void write(Object value, JsonWriter out) {
        out.ascii((boolean) value ? "true" : "false");
    }
}
