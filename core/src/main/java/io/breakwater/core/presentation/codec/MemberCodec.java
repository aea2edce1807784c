package io.breakwater.core.presentation.codec;

import io.breakwater.port.JsonWriter;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A component of a record as a member of an object: its name, its form, and what its lack means. */
final class MemberCodec {
    private final String name;
    private final byte[] key;
    private final TypeCodec form;
    private final Method accessor;
    private final boolean absentable;
    private final @Nullable Class<?> optional;
    private final @Nullable JsonNode whenAbsent;

    MemberCodec(ComponentInfo component, TypeCodec form) {
        this.name = component.name();
        this.key = new JsonWriter(name.length() + 3).string(name).one(':').toBytes();
        this.form = form;
        this.accessor = component.declared().getAccessor();
        this.absentable = component.absentable();
        this.optional = OptionalTypes.has(accessor.getReturnType()) ? accessor.getReturnType() : null;
        this.whenAbsent = DefaultValues.of(component);
    }

    String name() {
        return name;
    }

    Method accessor() {
        return accessor;
    }

    /** What the component becomes; null when the JSON is null and that says nothing. */
    @Nullable
    Object read(JsonNode json) {
        return json.isNull() && !form.readsNull() ? null : value(json);
    }

    /** What the component becomes when nothing was said. A default is read anew: it may be a list, and lists change. */
    @Nullable
    Object absent() {
        if (whenAbsent != null) {
            return value(whenAbsent);
        }
        if (!absentable) {
            throw new BindingException("must have a value").in(name);
        }
        return optional == null ? null : OptionalTypes.wrap(optional, null);
    }

    private Object value(JsonNode json) {
        try {
            var value = form.read(json);
            return optional == null ? value : OptionalTypes.wrap(optional, value);
        } catch (BindingException misfit) {
            throw misfit.in(name);
        }
    }

    /** Whether there was anything to write. */
    boolean write(Object record, char before, JsonWriter out) {
        var value = valueIn(record);
        if (value == null) {
            if (absentable) {
                return false;
            }
            throw new BindingException("is null. Give it a value, or mark it @Nullable.").in(name);
        }
        out.one(before).raw(key);
        try {
            form.write(value, out);
        } catch (BindingException misfit) {
            throw misfit.in(name);
        }
        return true;
    }

    private @Nullable Object valueIn(Object record) {
        var value = RecordReflection.call(accessor, record);
        return optional == null || value == null ? value : OptionalTypes.unwrap(value);
    }
}
