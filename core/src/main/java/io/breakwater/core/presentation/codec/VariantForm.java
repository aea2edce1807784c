package io.breakwater.core.presentation.codec;

import io.breakwater.core.presentation.json.JsonWriter;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A sealed interface: whichever of its records the member {@code type} names. */
final class VariantForm implements Form {
    private final Map<String, Form> byName;
    private final Map<Class<?>, Form> byClass;

    VariantForm(Map<String, Form> byName, Map<Class<?>, Form> byClass) {
        this.byName = byName;
        this.byClass = byClass;
    }

    @Override
    public Object read(JsonNode json) {
        if (!json.isObject()) {
            throw new Misfit("must be an object");
        }
        var type = json.get(Variants.TYPE);
        var variant = type == null || !type.isString() ? null : byName.get(type.stringValue());
        if (variant == null) {
            throw new Misfit("must be one of " + String.join(", ", byName.keySet())).in(Variants.TYPE);
        }
        return variant.read(json);
    }

    @Override
    public void write(Object record, JsonWriter out) {
        var variant = byClass.get(record.getClass());
        if (variant == null) {
            throw new IllegalStateException(record.getClass() + " is none of the variants");
        }
        variant.write(record, out);
    }
}
