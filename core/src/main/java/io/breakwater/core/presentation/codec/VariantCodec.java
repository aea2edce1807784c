package io.breakwater.core.presentation.codec;

import io.breakwater.port.JsonWriter;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Converts a sealed interface of records; the member {@code type} names the record. */
final class VariantCodec implements TypeCodec {
    private final Map<String, TypeCodec> byName;
    private final Map<Class<?>, TypeCodec> byClass;

    VariantCodec(Map<String, TypeCodec> byName, Map<Class<?>, TypeCodec> byClass) {
        this.byName = byName;
        this.byClass = byClass;
    }

    @Override
    public Object read(JsonNode json) {
        if (!json.isObject()) {
            throw new BindingException("must be an object");
        }
        var type = json.get(SealedVariants.TYPE);
        var variant = type == null || !type.isString() ? null : byName.get(type.stringValue());
        if (variant == null) {
            throw new BindingException("must be one of " + String.join(", ", byName.keySet())).in(SealedVariants.TYPE);
        }
        return variant.read(json);
    }

    @Override
    public void write(Object record, JsonWriter out) {
        var variant = byClass.get(record.getClass());
        if (variant == null) {
            throw new IllegalStateException(record.getClass() + " is not one of the variants");
        }
        variant.write(record, out);
    }
}
