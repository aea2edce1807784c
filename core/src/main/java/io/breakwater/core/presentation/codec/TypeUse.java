package io.breakwater.core.presentation.codec;

import io.breakwater.core.presentation.catalog.schema.SchemaRefused;
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
 * A type as it is used in one place: its class, what stands between the angle brackets, and the annotations of this very
 * use. Type variables are resolved, so {@code Page<User>} knows that its items are users. An array's only argument is
 * the type of its items.
 */
record TypeUse(Class<?> raw, List<TypeUse> arguments, List<Annotation> annotations) {

    TypeUse {
        arguments = List.copyOf(arguments);
        annotations = List.copyOf(annotations);
    }

    static TypeUse of(Class<?> type) {
        return new TypeUse(type, type.isArray() ? List.of(of(type.getComponentType())) : List.of(), List.of());
    }

    /** The type of a component, or of anything else inside a declaration whose own variables are bound so. */
    static TypeUse of(AnnotatedType type, Map<TypeVariable<?>, TypeUse> bound, String at) {
        if (type instanceof AnnotatedWildcardType wildcard) {
            return of(wildcard.getAnnotatedUpperBounds()[0], bound, at);
        }
        var annotations = List.of(type.getAnnotations());
        if (type instanceof AnnotatedParameterizedType parameterized) {
            var raw = (Class<?>) ((ParameterizedType) parameterized.getType()).getRawType();
            return new TypeUse(raw, all(parameterized.getAnnotatedActualTypeArguments(), bound, at), annotations);
        }
        if (type instanceof AnnotatedArrayType array) {
            var items = of(array.getAnnotatedGenericComponentType(), bound, at);
            return new TypeUse(items.raw.arrayType(), List.of(items), annotations);
        }
        return type instanceof AnnotatedTypeVariable variable
                ? resolve(variable, bound, at).with(annotations)
                : new TypeUse((Class<?>) type.getType(), List.of(), annotations);
    }

    private static List<TypeUse> all(AnnotatedType[] types, Map<TypeVariable<?>, TypeUse> bound, String at) {
        var uses = new ArrayList<TypeUse>();
        for (var type : types) {
            uses.add(of(type, bound, at));
        }
        return uses;
    }

    private static TypeUse resolve(AnnotatedTypeVariable type, Map<TypeVariable<?>, TypeUse> bound, String at) {
        var resolved = bound.get((TypeVariable<?>) type.getType());
        if (resolved == null) {
            throw new SchemaRefused(at + ": the type variable " + type.getType() + " has no type here. Use a record"
                    + " without type parameters, or name them: Page<User>.");
        }
        return resolved;
    }

    TypeUse innermostWithout(Class<? extends Annotation> type) {
        if (raw.isArray()) {
            return new TypeUse(raw, List.of(arguments.getFirst().innermostWithout(type)), annotations);
        }
        var others = new ArrayList<>(annotations);
        others.removeIf(type::isInstance);
        return new TypeUse(raw, arguments, others);
    }

    TypeUse with(List<Annotation> more) {
        var annotations = new ArrayList<>(more);
        annotations.addAll(this.annotations);
        return new TypeUse(raw, arguments, annotations);
    }

    /** What the type variables of this record or sealed interface stand for. */
    Map<TypeVariable<?>, TypeUse> bindings() {
        var variables = raw.getTypeParameters();
        var bound = new HashMap<TypeVariable<?>, TypeUse>();
        for (int i = 0; i < Math.min(variables.length, arguments.size()); i++) {
            bound.put(variables[i], arguments.get(i));
        }
        return bound;
    }

    /** The argument at that place, or null where the type was used raw. */
    @Nullable
    TypeUse argument(int index) {
        return index < arguments.size() ? arguments.get(index) : null;
    }

    /** Whether null may stand here; any annotation of that name counts, whoever's it is. */
    boolean nullable() {
        for (var annotation : annotations) {
            if (saysNullable(annotation)) {
                return true;
            }
        }
        return false;
    }

    static boolean saysNullable(Annotation annotation) {
        return annotation.annotationType().getSimpleName().equals("Nullable");
    }

    /** As one would write it, which also tells two uses of a generic type apart. */
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
