package io.breakwater.core.presentation.codec;

import io.breakwater.core.presentation.json.JsonWriter;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A component of a record as a member of an object: its name, its form, and what its lack means. */
final class Member {
    private final String name;
    private final byte[] key;
    private final Form form;
    private final Method accessor;
    private final boolean absentable;
    private final @Nullable Class<?> optional;
    private final @Nullable JsonNode whenAbsent;

    Member(Component component, Form form) {
        this.name = component.name();
        this.key = new JsonWriter(name.length() + 3).string(name).one(':').toBytes();
        this.form = form;
        this.accessor = component.declared().getAccessor();
        this.absentable = component.absentable();
        this.optional = Optionals.has(accessor.getReturnType()) ? accessor.getReturnType() : null;
        this.whenAbsent = Defaults.of(component);
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
            throw new Misfit("must have a value").in(name);
        }
        return optional == null ? null : Optionals.wrap(optional, null);
    }

    private Object value(JsonNode json) {
        try {
            var value = form.read(json);
            return optional == null ? value : Optionals.wrap(optional, value);
        } catch (Misfit misfit) {
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
            throw new Misfit("is null. Give it a value, or mark it @Nullable.").in(name);
        }
        out.one(before).raw(key);
        try {
            form.write(value, out);
        } catch (Misfit misfit) {
            throw misfit.in(name);
        }
        return true;
    }

    private @Nullable Object valueIn(Object record) {
        var value = Reflected.call(accessor, record);
        return optional == null || value == null ? value : Optionals.unwrap(value);
    }
}
