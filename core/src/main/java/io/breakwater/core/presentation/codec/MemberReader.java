package io.breakwater.core.presentation.codec;

import io.breakwater.port.JsonWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one member of an object, which is a component of a record or a parameter of a method. */
final class MemberReader {
    private final String name;
    private final TypeCodec codec;
    private final boolean absentable;
    private final @Nullable Class<?> optional;
    private final @Nullable JsonNode defaultValue;

    MemberReader(ComponentInfo component, TypeCodec codec) {
        this.name = component.name();
        this.codec = codec;
        this.absentable = component.absentable();
        this.optional = component.optional();
        this.defaultValue = DefaultValues.of(component);
    }

    String name() {
        return name;
    }

    /** Returns the value of the member; null if the JSON is null and null is not a value of the type. */
    @Nullable
    Object read(JsonNode json) {
        return json.isNull() && !codec.readsNull() ? null : value(json);
    }

    /**
     * Returns the value of the member if it is absent. A default is converted each time, because its value may be a
     * mutable list.
     */
    @Nullable
    Object valueIfAbsent() {
        if (defaultValue != null) {
            return value(defaultValue);
        }
        if (!absentable) {
            throw new BindingException("must have a value").in(name);
        }
        return optional == null ? null : OptionalTypes.wrap(optional, null);
    }

    /** Writes a value as it was read, as a member; returns false if there is none. */
    boolean write(@Nullable Object value, char before, JsonWriter out) {
        var inner = value == null || optional == null ? value : OptionalTypes.unwrap(value);
        if (inner == null) {
            return false;
        }
        out.character(before).string(name).character(':');
        codec.write(inner, out);
        return true;
    }

    private Object value(JsonNode json) {
        try {
            var value = codec.read(json);
            return optional == null ? value : OptionalTypes.wrap(optional, value);
        } catch (BindingException e) {
            throw e.in(name);
        }
    }
}
