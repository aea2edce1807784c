package io.breakwater.core.presentation.codec;

import io.breakwater.server.schema.InvalidSchemaException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * One use of a type: its class, its type arguments, and the annotations of this use. Type variables are resolved, so
 * the items of {@code Page<User>} are users. The only argument of an array is the type of its items.
 */
public record ResolvedType(Class<?> raw, List<ResolvedType> arguments, List<Annotation> annotations) {

    /** Copies the lists. */
    public ResolvedType {
        arguments = List.copyOf(arguments);
        annotations = List.copyOf(annotations);
    }

    static ResolvedType of(Class<?> type) {
        return new ResolvedType(type, type.isArray() ? List.of(of(type.getComponentType())) : List.of(), List.of());
    }

    /** Returns the resolved type of a component, or of another type inside a declaration with these type variables. */
    static ResolvedType of(AnnotatedType type, Map<TypeVariable<?>, ResolvedType> bound, String at) {
        if (type instanceof AnnotatedWildcardType wildcard) {
            return of(wildcard.getAnnotatedUpperBounds()[0], bound, at);
        }
        var annotations = List.of(type.getAnnotations());
        if (type instanceof AnnotatedParameterizedType parameterized) {
            var raw = (Class<?>) ((ParameterizedType) parameterized.getType()).getRawType();
            return new ResolvedType(
                    raw, resolveAll(parameterized.getAnnotatedActualTypeArguments(), bound, at), annotations);
        }
        if (type instanceof AnnotatedArrayType array) {
            var items = of(array.getAnnotatedGenericComponentType(), bound, at);
            return new ResolvedType(items.raw.arrayType(), List.of(items), annotations);
        }
        return type instanceof AnnotatedTypeVariable variable
                ? resolve(variable, bound, at).with(annotations)
                : new ResolvedType((Class<?>) type.getType(), List.of(), annotations);
    }

    private static List<ResolvedType> resolveAll(
            AnnotatedType[] types, Map<TypeVariable<?>, ResolvedType> bound, String at) {
        var uses = new ArrayList<ResolvedType>();
        for (var type : types) {
            uses.add(of(type, bound, at));
        }
        return uses;
    }

    private static ResolvedType resolve(
            AnnotatedTypeVariable type, Map<TypeVariable<?>, ResolvedType> bound, String at) {
        var resolved = bound.get((TypeVariable<?>) type.getType());
        if (resolved == null) {
            throw new InvalidSchemaException(at + ": the type variable " + type.getType()
                    + " has no type here. Name the type, as in Page<User>.");
        }
        return resolved;
    }

    ResolvedType innermostWithout(Class<? extends Annotation> type) {
        if (raw.isArray()) {
            return new ResolvedType(raw, List.of(arguments.getFirst().innermostWithout(type)), annotations);
        }
        var others = new ArrayList<>(annotations);
        others.removeIf(type::isInstance);
        return new ResolvedType(raw, arguments, others);
    }

    ResolvedType with(List<Annotation> more) {
        var annotations = new ArrayList<>(more);
        annotations.addAll(this.annotations);
        return new ResolvedType(raw, arguments, annotations);
    }

    /** Returns the types of the type variables of this record or sealed interface. */
    Map<TypeVariable<?>, ResolvedType> bindings() {
        var variables = raw.getTypeParameters();
        var bound = new HashMap<TypeVariable<?>, ResolvedType>();
        for (int i = 0; i < Math.min(variables.length, arguments.size()); i++) {
            bound.put(variables[i], arguments.get(i));
        }
        return bound;
    }

    /** Returns the type argument at this index, or null if the type is raw. */
    public @Nullable ResolvedType argument(int index) {
        return index < arguments.size() ? arguments.get(index) : null;
    }

    /** Returns whether null is allowed; an annotation named {@code Nullable} counts, whatever its package. */
    public boolean nullable() {
        for (var annotation : annotations) {
            if (isNullableAnnotation(annotation)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the annotation is named {@code Nullable}. */
    public static boolean isNullableAnnotation(Annotation annotation) {
        return annotation.annotationType().getSimpleName().equals("Nullable");
    }

    /** Returns the type as it is written in Java, which distinguishes uses of a generic type. */
    String signature() {
        if (raw.isArray()) {
            return arguments.getFirst().signature() + "[]";
        }
        if (arguments.isEmpty()) {
            return raw.getName();
        }
        var names = new StringJoiner(", ", raw.getName() + "<", ">");
        for (var argument : arguments) {
            names.add(argument.signature());
        }
        return names.toString();
    }
}
