package io.breakwater.core.presentation.codec;

import io.breakwater.server.schema.InvalidSchemaException;
import io.breakwater.server.schema.Name;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Returns names in JSON: the names in Java, unless {@link Name} sets another. */
final class WireNames {
    private static final ClassValue<List<String>> OF_CONSTANTS = new ClassValue<>() {
        @Override
        protected List<String> computeValue(Class<?> enumType) {
            var names = new ArrayList<String>();
            for (var field : enumType.getFields()) {
                if (field.isEnumConstant()) {
                    names.add(nameOrDefault(field.getAnnotation(Name.class), field.getName(), enumType));
                }
            }
            return List.copyOf(names);
        }
    };

    private WireNames() {}

    static String of(RecordComponent component) {
        return nameOrDefault(component.getAnnotation(Name.class), component.getName(), component.getDeclaringRecord());
    }

    /** Returns the name of a record as a variant of a sealed interface. */
    static String ofVariant(Class<?> variant) {
        return nameOrDefault(variant.getAnnotation(Name.class), variant.getSimpleName(), variant);
    }

    /** Returns the names of the constants of an enum, in their order. */
    static List<String> ofConstants(Class<?> enumType) {
        return OF_CONSTANTS.get(enumType);
    }

    private static String nameOrDefault(@Nullable Name given, String declared, Class<?> type) {
        if (given == null) {
            return declared;
        }
        if (given.value().isBlank()) {
            throw new InvalidSchemaException(type.getSimpleName() + ": the @Name of " + declared
                    + " is empty. Write the name in JSON, or remove @Name.");
        }
        return given.value();
    }
}
