package io.breakwater.core.presentation.codec;

import io.breakwater.port.JsonWriter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** Converts enums to and from the names of their constants. */
final class EnumCodec implements TypeCodec {
    private final Map<Object, String> names = new LinkedHashMap<>();
    private final Map<String, Object> constants = new HashMap<>();

    EnumCodec(Class<?> type) {
        var inOrder = WireNames.ofConstants(type).iterator();
        for (Object constant : type.getEnumConstants()) {
            names.put(constant, inOrder.next());
            constants.putIfAbsent(name(constant), constant);
        }
    }

    @Override
    public Object read(JsonNode json) {
        if (!json.isString()) {
            throw unknown();
        }
        return constant(json.stringValue());
    }

    /** Returns the constant with this name. */
    Object constant(String name) {
        var constant = constants.get(name);
        if (constant == null) {
            throw unknown();
        }
        return constant;
    }

    private BindingException unknown() {
        return new BindingException("must be one of " + String.join(", ", names.values()));
    }

    /** Returns the name of a constant. */
    String name(Object constant) {
        return Objects.requireNonNull(names.get(constant));
    }

    @Override
    public void write(Object constant, JsonWriter out) {
        out.string(name(constant));
    }
}
