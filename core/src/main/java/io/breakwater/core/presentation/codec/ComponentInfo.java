package io.breakwater.core.presentation.codec;

import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Size;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A component of a record or a parameter of a method, as a member of a JSON object: its name, its type, and whether it
 * may be absent. The schema and the codec share it, so that annotations are read once.
 *
 * @param declared the component or the parameter
 * @param at where it is declared, for messages: {@code FindOrder.number}
 * @param name the name of the member
 * @param description the description for the caller, or null
 * @param type the type without {@code Optional}
 * @param optional the {@code Optional} around the type, or null
 * @param absentable true if the member may be absent or null, because it is {@code Optional} or {@code @Nullable}
 */
record ComponentInfo(
        AnnotatedElement declared,
        String at,
        String name,
        @Nullable String description,
        ResolvedType type,
        @Nullable Class<?> optional,
        boolean absentable) {

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
        var at = declared.getDeclaringRecord().getSimpleName() + "." + declared.getName();
        var type = ResolvedType.of(declared.getAnnotatedType(), bindings, at);
        return of(declared, at, WireNames.of(declared), null, type);
    }

    /** Returns the member that a parameter of a method stands for. */
    static ComponentInfo of(MethodParameter parameter) {
        return of(parameter.declared(), parameter.at(), parameter.name(), parameter.description(), parameter.type());
    }

    private static ComponentInfo of(
            AnnotatedElement declared, String at, String name, @Nullable String description, ResolvedType use) {
        var whole = ofItems(declared, use);
        var optional = OptionalTypes.isOptional(whole.raw()) ? whole.raw() : null;
        var type = optional == null ? whole : inside(whole);
        boolean absentable = optional != null || type.nullable() || isNullable(declared);
        var effective = description == null ? description(declared, type) : description;
        return new ComponentInfo(declared, at, name, effective, type, optional, absentable);
    }

    private static ResolvedType inside(ResolvedType optional) {
        var primitive = OptionalTypes.primitive(optional.raw());
        var inner = primitive == null ? optional.argument(0) : ResolvedType.of(primitive);
        return inner == null ? ResolvedType.of(Object.class) : inner;
    }

    /** Moves {@link Size} to the array: Java applies an annotation in front of an array type to the innermost items. */
    private static ResolvedType ofItems(AnnotatedElement declared, ResolvedType type) {
        var items = declared.getAnnotation(Size.class);
        return items != null && type.raw().isArray()
                ? type.innermostWithout(Size.class).with(List.of(items))
                : type;
    }

    /**
     * Returns whether the declaration has a nullable annotation. Older annotations are on the declaration instead of
     * the type.
     */
    private static boolean isNullable(AnnotatedElement declared) {
        for (var annotation : declared.getAnnotations()) {
            if (ResolvedType.isNullableAnnotation(annotation)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the description of the component, or else that of its type. */
    private static @Nullable String description(AnnotatedElement declared, ResolvedType type) {
        var own = declared.getAnnotation(Description.class);
        var effective = own != null ? own : type.raw().getAnnotation(Description.class);
        return effective == null ? null : effective.value();
    }

    <A extends Annotation> @Nullable A annotation(Class<A> annotation) {
        return declared.getAnnotation(annotation);
    }
}
