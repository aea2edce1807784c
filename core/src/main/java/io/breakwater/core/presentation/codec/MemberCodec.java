package io.breakwater.core.presentation.codec;

import io.breakwater.port.JsonWriter;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Converts a component of a record to and from a member of an object, and determines its value if the member is absent.
 */
final class MemberCodec {
    private final String name;
    private final byte[] key;
    private final TypeCodec codec;
    private final Method accessor;
    private final boolean absentable;
    private final @Nullable Class<?> optional;
    private final @Nullable JsonNode defaultValue;

    MemberCodec(ComponentInfo component, TypeCodec codec) {
        this.name = component.name();
        this.key = new JsonWriter(name.length() + 3).string(name).character(':').toBytes();
        this.codec = codec;
        this.accessor = component.declared().getAccessor();
        this.absentable = component.absentable();
        this.optional = OptionalTypes.isOptional(accessor.getReturnType()) ? accessor.getReturnType() : null;
        this.defaultValue = DefaultValues.of(component);
    }

    String name() {
        return name;
    }

    Method accessor() {
        return accessor;
    }

    /** Returns the value of the component; null if the JSON is null and null is not a value of the type. */
    @Nullable
    Object read(JsonNode json) {
        return json.isNull() && !codec.readsNull() ? null : value(json);
    }

    /**
     * Returns the value of the component if the member is absent. A default is converted each time, because its value
     * may be a mutable list.
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

    private Object value(JsonNode json) {
        try {
            var value = codec.read(json);
            return optional == null ? value : OptionalTypes.wrap(optional, value);
        } catch (BindingException e) {
            throw e.in(name);
        }
    }

    /** Writes the member; returns false if the component has no value. */
    boolean write(Object record, char before, JsonWriter out) {
        var value = valueIn(record);
        if (value == null) {
            if (absentable) {
                return false;
            }
            throw new BindingException("is null. Set a value, or mark it @Nullable.").in(name);
        }
        out.character(before).raw(key);
        try {
            codec.write(value, out);
        } catch (BindingException e) {
            throw e.in(name);
        }
        return true;
    }

    private @Nullable Object valueIn(Object record) {
        var value = RecordReflection.call(accessor, record);
        return optional == null || value == null ? value : OptionalTypes.unwrap(value);
    }
}
