package io.breakwater.core.presentation.codec;

import io.breakwater.server.schema.InvalidSchemaException;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The type variables of a class's superclasses and interfaces, and the types that the class puts in their place. A
 * variable to which the class gives no type stays unknown until a method uses it.
 */
public final class TypeHierarchy {
    private final Map<TypeVariable<?>, ResolvedType> bound = new HashMap<>();

    /** Finds the type variables above a class. */
    public TypeHierarchy(Class<?> type) {
        visit(type);
    }

    /**
     * Returns a type that a method of the class uses.
     *
     * @param at where, for messages
     * @throws InvalidSchemaException if it is or contains a type variable without a type
     */
    public ResolvedType resolve(AnnotatedType type, String at) {
        return ResolvedType.of(type, bound, at);
    }

    private void visit(Class<?> type) {
        visit(type.getAnnotatedSuperclass());
        for (var implemented : type.getAnnotatedInterfaces()) {
            visit(implemented);
        }
    }

    private void visit(@Nullable AnnotatedType parent) {
        if (parent instanceof AnnotatedParameterizedType generic) {
            var raw = (Class<?>) ((ParameterizedType) generic.getType()).getRawType();
            bind(raw.getTypeParameters(), generic.getAnnotatedActualTypeArguments());
            visit(raw);
        } else if (parent != null) {
            visit((Class<?>) parent.getType());
        }
    }

    private void bind(TypeVariable<?>[] variables, AnnotatedType[] types) {
        for (int i = 0; i < variables.length; i++) {
            try {
                bound.put(variables[i], resolve(types[i], variables[i].getName()));
            } catch (InvalidSchemaException unknown) {
                bound.remove(variables[i]);
            }
        }
    }
}
