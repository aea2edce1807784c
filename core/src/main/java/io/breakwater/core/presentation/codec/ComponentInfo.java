package io.breakwater.core.presentation.codec;

import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Size;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One component of a record, seen as a member of an object: its name, its type, and whether it may be missing. Schema
 * and binding share it, so that its annotations are read once.
 *
 * @param declared the component itself
 * @param name of the member
 * @param type its type without an {@code Optional} around it
 * @param absentable whether it may be left out or null: it is {@code Optional} or {@code @Nullable}
 */
record ComponentInfo(RecordComponent declared, String name, ResolvedType type, boolean absentable) {
    private static final ClassValue<List<ComponentInfo>> OF_PLAIN = new ClassValue<>() {
        @Override
        protected List<ComponentInfo> computeValue(Class<?> record) {
            return read(record, Map.of());
        }
    };

    /** The components of a record in the order of their declaration. */
    static List<ComponentInfo> of(ResolvedType type) {
        return type.arguments().isEmpty() ? OF_PLAIN.get(type.raw()) : read(type.raw(), type.bindings());
    }

    private static List<ComponentInfo> read(Class<?> record, Map<TypeVariable<?>, ResolvedType> bound) {
        var components = new ArrayList<ComponentInfo>();
        for (var declared : record.getRecordComponents()) {
            components.add(of(declared, bound));
        }
        return List.copyOf(components);
    }

    private static ComponentInfo of(RecordComponent declared, Map<TypeVariable<?>, ResolvedType> bound) {
        var type = ofItems(declared, ResolvedType.of(declared.getAnnotatedType(), bound, at(declared)));
        var name = WireNames.of(declared);
        var primitive = OptionalTypes.primitive(type.raw());
        if (primitive != null) {
            return new ComponentInfo(declared, name, ResolvedType.of(primitive), true);
        }
        if (type.raw() == Optional.class) {
            var inner = type.argument(0);
            return new ComponentInfo(declared, name, inner == null ? ResolvedType.of(Object.class) : inner, true);
        }
        return new ComponentInfo(declared, name, type, type.nullable() || isNullable(declared));
    }

    /** In front of an array Java takes an annotation to mean the innermost items; {@link Size} means the array. */
    private static ResolvedType ofItems(RecordComponent declared, ResolvedType type) {
        var items = declared.getAnnotation(Size.class);
        return items != null && type.raw().isArray()
                ? type.innermostWithout(Size.class).with(List.of(items))
                : type;
    }

    /** Older annotations named so are written on the declaration and not on the type. */
    private static boolean isNullable(RecordComponent declared) {
        for (var annotation : declared.getAnnotations()) {
            if (ResolvedType.saysNullable(annotation)) {
                return true;
            }
        }
        return false;
    }

    private static String at(RecordComponent declared) {
        return declared.getDeclaringRecord().getSimpleName() + "." + declared.getName();
    }

    /** {@code FindOrder.number}, for sentences. */
    String at() {
        return at(declared);
    }

    /** The words for the caller: the component's, or else its type's. */
    @Nullable
    String description() {
        var own = declared.getAnnotation(Description.class);
        var general = own != null ? own : type.raw().getAnnotation(Description.class);
        return general == null ? null : general.value();
    }

    <A extends Annotation> @Nullable A annotation(Class<A> annotation) {
        return declared.getAnnotation(annotation);
    }
}
