package io.breakwater.core.presentation.codec;

import io.breakwater.core.presentation.json.JsonTree;
import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import tools.jackson.databind.JsonNode;

/** Passes any JSON value, object or array through unchanged. */
final class JsonCodec implements TypeCodec {
    private final Class<? extends Json> type;

    JsonCodec(Class<? extends Json> type) {
        this.type = type;
    }

    @Override
    public Object read(JsonNode json) {
        if (type == Json.Obj.class && !json.isObject()) {
            throw new BindingException("must be an object");
        }
        if (type == Json.Arr.class && !json.isArray()) {
            throw new BindingException("must be an array");
        }
        return JsonTree.fromTree(json);
    }

    @Override
    public void write(Object value, JsonWriter out) {
        out.json((Json) value);
    }

    @Override
    public boolean readsNull() {
        return type == Json.class;
    }
}
