package io.breakwater.core.presentation.codec;

import io.breakwater.port.Json;
import io.breakwater.server.schema.InvalidSchemaException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The records a sealed interface permits, by the name that tells them apart on the wire: the value of the member
 * {@code type}. Sealed interfaces inside are opened up.
 */
final class SealedVariants {
    /** The member that names the variant. */
    static final String TYPE = "type";

    private SealedVariants() {}

    /** {@link Json} is sealed too, but it stands for itself. */
    static boolean has(Class<?> type) {
        return type.isInterface() && type.isSealed() && type != Json.class;
    }

    /** The variants in the order of their declaration. */
    static Map<String, Class<?>> of(Class<?> sealed) {
        var variants = new LinkedHashMap<String, Class<?>>();
        collect(sealed, sealed, variants);
        return variants;
    }

    private static void collect(Class<?> part, Class<?> whole, Map<String, Class<?>> variants) {
        for (Class<?> permitted : part.getPermittedSubclasses()) {
            if (has(permitted)) {
                collect(permitted, whole, variants);
            } else {
                add(permitted, whole, variants);
            }
        }
    }

    private static void add(Class<?> variant, Class<?> whole, Map<String, Class<?>> variants) {
        if (!variant.isRecord()) {
            throw new InvalidSchemaException(whole.getSimpleName() + " permits " + variant.getSimpleName()
                    + ", which is no record. Only sealed interfaces of records can be described.");
        }
        if (variant.getTypeParameters().length > 0) {
            throw new InvalidSchemaException(whole.getSimpleName() + ": the variant " + variant.getSimpleName()
                    + " has type parameters, which nothing here fixes.");
        }
        var other = variants.put(WireNames.ofVariant(variant), variant);
        if (other != null && other != variant) {
            throw new InvalidSchemaException(whole.getSimpleName() + ": two variants are called "
                    + WireNames.ofVariant(variant) + ". Give one of them another name with @Name.");
        }
    }
}
