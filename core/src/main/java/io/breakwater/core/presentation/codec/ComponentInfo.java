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
 * One component of a record, as a member of a JSON object: its name, its type, and whether it may be absent. The schema
 * and the codec share it, so that annotations are read once.
 *
 * @param declared the component
 * @param name the name of the member
 * @param type the type without {@code Optional}
 * @param absentable true if the member may be absent or null, because it is {@code Optional} or {@code @Nullable}
 */
record ComponentInfo(RecordComponent declared, String name, ResolvedType type, boolean absentable) {
    private static final ClassValue<List<ComponentInfo>> OF_PLAIN = new ClassValue<>() {
        @Override
        protected List<ComponentInfo> computeValue(Class<?> record) {
            return read(record, Map.of());
        }
    };

    /** Returns the components of a record in the order of their declaration. */
    static List<ComponentInfo> of(ResolvedType type) {
        return type.arguments().isEmpty() ? OF_PLAIN.get(type.raw()) : read(type.raw(), type.bindings());
    }

    private static List<ComponentInfo> read(Class<?> record, Map<TypeVariable<?>, ResolvedType> bindings) {
        var components = new ArrayList<ComponentInfo>();
        for (var declared : record.getRecordComponents()) {
            components.add(of(declared, bindings));
        }
        return List.copyOf(components);
    }

    private static ComponentInfo of(RecordComponent declared, Map<TypeVariable<?>, ResolvedType> bindings) {
        var type = ofItems(declared, ResolvedType.of(declared.getAnnotatedType(), bindings, at(declared)));
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

    /** Moves {@link Size} to the array: Java applies an annotation in front of an array type to the innermost items. */
    private static ResolvedType ofItems(RecordComponent declared, ResolvedType type) {
        var items = declared.getAnnotation(Size.class);
        return items != null && type.raw().isArray()
                ? type.innermostWithout(Size.class).with(List.of(items))
                : type;
    }

    /**
     * Returns whether the declaration has a nullable annotation. Older annotations are on the declaration instead of
     * the type.
     */
    private static boolean isNullable(RecordComponent declared) {
        for (var annotation : declared.getAnnotations()) {
            if (ResolvedType.isNullableAnnotation(annotation)) {
                return true;
            }
        }
        return false;
    }

    private static String at(RecordComponent declared) {
        return declared.getDeclaringRecord().getSimpleName() + "." + declared.getName();
    }

    /** Returns the name of the component for messages, for example {@code FindOrder.number}. */
    String at() {
        return at(declared);
    }

    /** Returns the description of the component, or else that of its type. */
    @Nullable
    String description() {
        var own = declared.getAnnotation(Description.class);
        var effective = own != null ? own : type.raw().getAnnotation(Description.class);
        return effective == null ? null : effective.value();
    }

    <A extends Annotation> @Nullable A annotation(Class<A> annotation) {
        return declared.getAnnotation(annotation);
    }
}
