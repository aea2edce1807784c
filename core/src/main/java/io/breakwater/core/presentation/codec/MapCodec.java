package io.breakwater.core.presentation.codec;

import io.breakwater.port.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Converts maps whose keys, strings or enum constants, become member names. Maps that it reads are mutable and keep
 * their order.
 */
final class MapCodec implements TypeCodec {
    private final @Nullable EnumCodec keys;
    private final ElementCodec values;

    /**
     * Creates a codec.
     *
     * @param keys the codec of enum keys, or null for string keys
     */
    MapCodec(@Nullable EnumCodec keys, ElementCodec values) {
        this.keys = keys;
        this.values = values;
    }

    @Override
    public Object read(JsonNode json) {
        if (!json.isObject()) {
            throw new BindingException("must be an object");
        }
        var map = LinkedHashMap.<Object, @Nullable Object>newLinkedHashMap(json.size());
        for (var member : json.properties()) {
            var name = member.getKey();
            try {
                map.put(keys == null ? name : keys.constant(name), values.read(member.getValue()));
            } catch (BindingException e) {
                throw e.in(name);
            }
        }
        return map;
    }

    @Override
    public void write(Object map, JsonWriter out) {
        char before = '{';
        for (var entry : ((Map<?, ?>) map).entrySet()) {
            var name = name(entry.getKey());
            out.character(before).string(name).character(':');
            try {
                values.write(entry.getValue(), out);
            } catch (BindingException e) {
                throw e.in(name);
            }
            before = ',';
        }
        out.ascii(before == '{' ? "{}" : "}");
    }

    private String name(@Nullable Object key) {
        if (key == null) {
            throw new BindingException("has a null key. Keys must not be null, because they become member names.");
        }
        return keys == null ? (String) key : keys.name(key);
    }
}
