package io.breakwater.core.presentation.codec;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The {@code Optional} types, which mark a component that may be absent. They do not appear in JSON. */
final class OptionalTypes {
    private OptionalTypes() {}

    static boolean isOptional(Class<?> type) {
        return type == Optional.class || primitive(type) != null;
    }

    /** Returns the primitive type that an {@code OptionalInt} and similar types hold; null for any other type. */
    static @Nullable Class<?> primitive(Class<?> type) {
        if (type == OptionalInt.class) {
            return int.class;
        }
        if (type == OptionalLong.class) {
            return long.class;
        }
        return type == OptionalDouble.class ? double.class : null;
    }

    /** Wraps a value, or null, in one of these types. */
    static Object wrap(Class<?> type, @Nullable Object value) {
        if (type == OptionalInt.class) {
            return value == null ? OptionalInt.empty() : OptionalInt.of((int) value);
        }
        if (type == OptionalLong.class) {
            return value == null ? OptionalLong.empty() : OptionalLong.of((long) value);
        }
        if (type == OptionalDouble.class) {
            return value == null ? OptionalDouble.empty() : OptionalDouble.of((double) value);
        }
        return Optional.ofNullable(value);
    }

    /** Returns the value inside, or null. */
    static @Nullable Object unwrap(Object optional) {
        if (optional instanceof Optional<?> any) {
            return any.orElse(null);
        }
        if (optional instanceof OptionalInt number) {
            return number.isPresent() ? (Object) number.getAsInt() : null;
        }
        if (optional instanceof OptionalLong number) {
            return number.isPresent() ? (Object) number.getAsLong() : null;
        }
        var number = (OptionalDouble) optional;
        return number.isPresent() ? (Object) number.getAsDouble() : null;
    }
}
