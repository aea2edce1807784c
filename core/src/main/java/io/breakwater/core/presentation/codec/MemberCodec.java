package io.breakwater.core.presentation.codec;

import io.breakwater.port.JsonWriter;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/**
 * Converts a component of a record to a member of an object; its {@link MemberReader} converts the member back.
 */
final class MemberCodec {
    private final MemberReader reader;
    private final byte[] key;
    private final TypeCodec codec;
    private final Method accessor;
    private final boolean absentable;
    private final boolean optional;

    /** Creates the codec of a component of a record. */
    MemberCodec(ComponentInfo component, TypeCodec codec) {
        var name = component.name();
        this.reader = new MemberReader(component, codec);
        this.key = new JsonWriter(name.length() + 3).string(name).character(':').toBytes();
        this.codec = codec;
        this.accessor = ((RecordComponent) component.declared()).getAccessor();
        this.absentable = component.absentable();
        this.optional = component.optional() != null;
    }

    MemberReader reader() {
        return reader;
    }

    Method accessor() {
        return accessor;
    }

    /** Writes the member; returns false if the component has no value. */
    boolean write(Object record, char before, JsonWriter out) {
        var value = valueIn(record);
        if (value == null) {
            if (absentable) {
                return false;
            }
            throw new BindingException("is null. Set a value, or mark it @Nullable.").in(reader.name());
        }
        out.character(before).raw(key);
        try {
            codec.write(value, out);
        } catch (BindingException e) {
            throw e.in(reader.name());
        }
        return true;
    }

    private @Nullable Object valueIn(Object record) {
        var value = RecordReflection.call(accessor, record);
        return !optional || value == null ? value : OptionalTypes.unwrap(value);
    }
}
