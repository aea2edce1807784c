package io.breakwater.core.presentation.catalog.binding;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.breakwater.core.presentation.catalog.schema.Default;
import io.breakwater.core.presentation.catalog.schema.Name;
import java.io.Serial;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.TypeVariable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Version;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.PropertyName;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.jsontype.NamedType;

/**
 * Teaches Jackson our annotations in place of its own, so that it binds what {@link Schemas} describes and nothing else.
 */
final class RecordIntrospector extends AnnotationIntrospector {
    @Serial
    private static final long serialVersionUID = 1L;

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public @Nullable PropertyName findNameForSerialization(MapperConfig<?> config, Annotated member) {
        return name(member);
    }

    @Override
    public @Nullable PropertyName findNameForDeserialization(MapperConfig<?> config, Annotated member) {
        return name(member);
    }

    private static @Nullable PropertyName name(Annotated member) {
        var component = component(member);
        return component == null || !component.isAnnotationPresent(Name.class)
                ? null
                : PropertyName.construct(Names.of(component));
    }

    @Override
    public String[] findEnumValues(MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[] names) {
        for (int i = 0; i < constants.length; i++) {
            names[i] = Names.ofConstant(constants[i]);
        }
        return names;
    }

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated type) {
        return type instanceof AnnotatedClass && Variants.has(type.getRawType())
                ? JsonTypeInfo.Value.construct(
                        JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, Variants.TYPE, null, false, true, true)
                : null;
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(MapperConfig<?> config, Annotated type) {
        if (!(type instanceof AnnotatedClass) || !Variants.has(type.getRawType())) {
            return null;
        }
        return Variants.of(type.getRawType()).entrySet().stream()
                .map(variant -> new NamedType(variant.getValue(), variant.getKey()))
                .toList();
    }

    @Override
    public @Nullable Object findDeserializer(MapperConfig<?> config, Annotated member) {
        var component = member instanceof AnnotatedParameter ? component(member) : null;
        if (component == null) {
            return null;
        }
        var annotation = component.getAnnotation(Default.class);
        return annotation == null ? null : new WithDefault(Members.defaultOf(component, annotation));
    }

    @Override
    public JsonInclude.Value findPropertyInclusion(MapperConfig<?> config, Annotated member) {
        var component = component(member);
        return component != null && Component.isAbsentable(component)
                ? JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS)
                : JsonInclude.Value.empty();
    }

    @Override
    public @Nullable Object findNullSerializer(MapperConfig<?> config, Annotated member) {
        var component = component(member);
        if (component == null || Component.isAbsentable(component)) {
            return null;
        }
        // What stands for a type variable may be nullable where the record is used.
        return component.getGenericType() instanceof TypeVariable ? null : new NullRefused(Component.at(component));
    }

    /** The component a field, accessor or constructor parameter of a record belongs to. */
    private static @Nullable RecordComponent component(Annotated annotated) {
        if (!(annotated instanceof AnnotatedMember member)
                || !member.getDeclaringClass().isRecord()) {
            return null;
        }
        var components = member.getDeclaringClass().getRecordComponents();
        if (member instanceof AnnotatedParameter parameter) {
            return parameter.getOwner().getParameterCount() == components.length
                    ? components[parameter.getIndex()]
                    : null;
        }
        for (var component : components) {
            if (component.getName().equals(member.getName())) {
                return component;
            }
        }
        return null;
    }
}
