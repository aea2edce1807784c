package io.breakwater.core.presentation.catalog.binding;

import io.breakwater.core.presentation.catalog.schema.Describe;
import io.breakwater.core.presentation.catalog.schema.Items;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One component of a record, seen as a member of an object: its name, its type, and whether it may be missing.
 *
 * @param declared the component itself
 * @param type its type without an {@code Optional} around it
 * @param absentable whether it may be left out or null: it is {@code Optional} or {@code @Nullable}
 */
record Component(RecordComponent declared, TypeUse type, boolean absentable) {

    private static final Map<Class<?>, Class<?>> PRIMITIVE_OPTIONALS = Map.of(
            OptionalInt.class, int.class,
            OptionalLong.class, long.class,
            OptionalDouble.class, double.class);

    /** The components of a record in the order of their declaration. */
    static List<Component> of(TypeUse type) {
        var bound = type.bindings();
        return Arrays.stream(type.raw().getRecordComponents())
                .map(component -> of(component, bound))
                .toList();
    }

    private static Component of(RecordComponent declared, Map<TypeVariable<?>, TypeUse> bound) {
        var type = ofItems(declared, TypeUse.of(declared.getAnnotatedType(), bound, at(declared)));
        var primitive = PRIMITIVE_OPTIONALS.get(type.raw());
        if (primitive != null) {
            return new Component(declared, TypeUse.of(primitive), true);
        }
        if (type.raw() == Optional.class) {
            var inner = type.argument(0);
            return new Component(declared, inner == null ? TypeUse.of(Object.class) : inner, true);
        }
        return new Component(declared, type, type.nullable() || isNullable(declared));
    }

    /** In front of an array Java takes an annotation to mean the innermost items; {@link Items} means the array. */
    private static TypeUse ofItems(RecordComponent declared, TypeUse type) {
        var items = declared.getAnnotation(Items.class);
        return items != null && type.raw().isArray()
                ? type.innermostWithout(Items.class).with(List.of(items))
                : type;
    }

    /** Older annotations named so are written on the declaration and not on the type. */
    static boolean isNullable(RecordComponent declared) {
        return Arrays.stream(declared.getAnnotations()).anyMatch(TypeUse::saysNullable);
    }

    static String at(RecordComponent declared) {
        return declared.getDeclaringRecord().getSimpleName() + "." + declared.getName();
    }

    /** Whether that component may be left out or null. */
    static boolean isAbsentable(RecordComponent declared) {
        var type = declared.getType();
        return type == Optional.class
                || PRIMITIVE_OPTIONALS.containsKey(type)
                || isNullable(declared)
                || Arrays.stream(declared.getAnnotatedType().getAnnotations()).anyMatch(TypeUse::saysNullable);
    }

    /** {@code FindOrder.number}, for sentences. */
    String at() {
        return at(declared);
    }

    /** The name of the member. */
    String name() {
        return Names.of(declared);
    }

    /** The words for the caller: the component's, or else its type's. */
    @Nullable
    String description() {
        var own = declared.getAnnotation(Describe.class);
        var general = own != null ? own : type.raw().getAnnotation(Describe.class);
        return general == null ? null : general.value();
    }

    <A extends Annotation> @Nullable A annotation(Class<A> annotation) {
        return declared.getAnnotation(annotation);
    }
}
