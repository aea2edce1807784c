package io.breakwater.core.presentation.codec;

import io.breakwater.server.schema.Name;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What things are called on the wire: as they are declared, unless {@link Name} says otherwise. */
final class WireNames {
    private static final ClassValue<List<String>> OF_CONSTANTS = new ClassValue<>() {
        @Override
        protected List<String> computeValue(Class<?> enumType) {
            var names = new ArrayList<String>();
            for (var field : enumType.getFields()) {
                if (field.isEnumConstant()) {
                    names.add(either(field.getAnnotation(Name.class), field.getName()));
                }
            }
            return List.copyOf(names);
        }
    };

    private WireNames() {}

    static String of(RecordComponent component) {
        return either(component.getAnnotation(Name.class), component.getName());
    }

    /** The name of a record as a variant of a sealed interface. */
    static String ofVariant(Class<?> variant) {
        return either(variant.getAnnotation(Name.class), variant.getSimpleName());
    }

    /** The names of an enum's constants, in their order. */
    static List<String> ofConstants(Class<?> enumType) {
        return OF_CONSTANTS.get(enumType);
    }

    private static String either(@Nullable Name given, String declared) {
        return given == null ? declared : given.value();
    }
}
