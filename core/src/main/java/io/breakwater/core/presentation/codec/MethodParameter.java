package io.breakwater.core.presentation.codec;

import java.lang.reflect.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a method, seen as a member of an object, like a component of a record.
 *
 * @param declared the parameter, whose annotations count as those of a component do
 * @param at where it is declared, for messages: {@code OrderTools.findOrder(number)}
 * @param name of the member
 * @param description for the caller, or null to use that of the parameter's annotations or of its type
 * @param type its type, without type variables
 */
public record MethodParameter(
        Parameter declared,
        String at,
        String name,
        @Nullable String description,
        ResolvedType type) {

    /** Returns whether a single text can hold its value, as a variable of a URI or an argument of a prompt does. */
    public boolean isScalar() {
        var inner = ComponentInfo.of(this).type().raw();
        var scalar = ScalarTypes.of(inner);
        return inner.isEnum() || (scalar != null && scalar.isScalar());
    }

    /** Returns whether it is a primitive that is declared to be absent, which Java cannot express. */
    public boolean isNullablePrimitive() {
        return type.raw().isPrimitive() && ComponentInfo.of(this).absentable();
    }
}
