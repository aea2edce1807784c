package io.breakwater.core.presentation.codec;

import io.breakwater.port.JsonWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Converts a {@code List}, {@code Set} or {@code Collection}. Collections that it reads are mutable and keep their
 * order.
 */
final class ListCodec implements TypeCodec {
    private final boolean set;
    private final ElementCodec items;

    ListCodec(boolean set, ElementCodec items) {
        this.set = set;
        this.items = items;
    }

    @Override
    public Object read(JsonNode json) {
        if (!json.isArray()) {
            throw new BindingException("must be an array");
        }
        int size = json.size();
        Collection<@Nullable Object> values = set ? LinkedHashSet.newLinkedHashSet(size) : new ArrayList<>(size);
        int index = 0;
        try {
            for (; index < size; index++) {
                values.add(items.read(json.get(index)));
            }
        } catch (BindingException e) {
            throw e.in(index);
        }
        return values;
    }

    @Override
    public void write(Object value, JsonWriter out) {
        int index = 0;
        out.character('[');
        try {
            for (Object item : (Collection<?>) value) {
                if (index > 0) {
                    out.character(',');
                }
                items.write(item, out);
                index++;
            }
        } catch (BindingException e) {
            throw e.in(index);
        }
        out.character(']');
    }
}
