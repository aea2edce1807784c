package io.breakwater.core.presentation.catalog.binding;

import io.breakwater.core.presentation.catalog.schema.Name;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** What things are called on the wire: as they are declared, unless {@link Name} says otherwise. */
final class Names {
    private Names() {}

    static String of(RecordComponent component) {
        var name = component.getAnnotation(Name.class);
        return name == null ? component.getName() : name.value();
    }

    /** The name of a record as a variant of a sealed interface. */
    static String ofVariant(Class<?> variant) {
        var name = variant.getAnnotation(Name.class);
        return name == null ? variant.getSimpleName() : name.value();
    }

    /** The names of an enum's constants, in their order. */
    static String[] ofConstants(Class<?> enumType) {
        return Arrays.stream(enumType.getFields())
                .filter(Field::isEnumConstant)
                .map(Names::ofConstant)
                .toArray(String[]::new);
    }

    static String ofConstant(Enum<?> constant) {
        try {
            return ofConstant(constant.getDeclaringClass().getField(constant.name()));
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String ofConstant(Field constant) {
        var name = constant.getAnnotation(Name.class);
        return name == null ? constant.getName() : name.value();
    }
}
