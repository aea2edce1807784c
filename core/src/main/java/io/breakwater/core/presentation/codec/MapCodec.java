package io.breakwater.core.presentation.codec;

import io.breakwater.port.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A map whose keys become names: texts, or an enum's constants. What is read may be changed, and keeps its order. */
final class MapCodec implements TypeCodec {
    private final @Nullable EnumCodec keys;
    private final ElementCodec values;

    /**
     * A map of these.
     *
     * @param keys null for texts as they are
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
            } catch (BindingException misfit) {
                throw misfit.in(name);
            }
        }
        return map;
    }

    @Override
    public void write(Object map, JsonWriter out) {
        char before = '{';
        for (var entry : ((Map<?, ?>) map).entrySet()) {
            var name = name(entry.getKey());
            out.one(before).string(name).one(':');
            try {
                values.write(entry.getValue(), out);
            } catch (BindingException misfit) {
                throw misfit.in(name);
            }
            before = ',';
        }
        out.ascii(before == '{' ? "{}" : "}");
    }

    private String name(@Nullable Object key) {
        if (key == null) {
            throw new BindingException("has null for a key, which is no name.");
        }
        return keys == null ? (String) key : keys.name(key);
    }
}
