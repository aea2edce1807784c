package io.breakwater.core.presentation.codec;

import io.breakwater.port.JsonWriter;
import java.lang.reflect.Array;
import tools.jackson.databind.JsonNode;

/** Converts arrays, including arrays of primitives; {@code byte[]} is a string and has its own codec. */
final class ArrayCodec implements TypeCodec {
    private final Class<?> type;
    private final ElementCodec items;

    /**
     * Creates a codec.
     *
     * @param type the type of one item
     * @param items the codec of one item
     */
    ArrayCodec(Class<?> type, ElementCodec items) {
        this.type = type;
        this.items = items;
    }

    @Override
    public Object read(JsonNode json) {
        if (!json.isArray()) {
            throw new BindingException("must be an array");
        }
        int size = json.size();
        var values = Array.newInstance(type, size);
        int index = 0;
        try {
            for (; index < size; index++) {
                Array.set(values, index, items.read(json.get(index)));
            }
        } catch (BindingException e) {
            throw e.in(index);
        }
        return values;
    }

    @Override
    public void write(Object values, JsonWriter out) {
        int size = Array.getLength(values);
        int index = 0;
        out.character('[');
        try {
            for (; index < size; index++) {
                if (index > 0) {
                    out.character(',');
                }
                items.write(Array.get(values, index), out);
            }
        } catch (BindingException e) {
            throw e.in(index);
        }
        out.character(']');
    }
}
