package io.breakwater.core.presentation.codec;

import io.breakwater.port.Json;
import io.breakwater.server.schema.InvalidSchemaException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The records that a sealed interface permits, by the value of the member {@code type}, which distinguishes them in
 * JSON. Nested sealed interfaces are resolved to their records.
 */
final class SealedVariants {
    /** The member that names the variant. */
    static final String TYPE = "type";

    private SealedVariants() {}

    /** Returns whether the type is a sealed interface with variants. {@link Json} is sealed, but has its own codec. */
    static boolean has(Class<?> type) {
        return type.isInterface() && type.isSealed() && type != Json.class;
    }

    /** Returns the variants by name, in the order of their declaration. */
    static Map<String, Class<?>> of(Class<?> sealed) {
        var variants = new LinkedHashMap<String, Class<?>>();
        collect(sealed, sealed, variants);
        return variants;
    }

    private static void collect(Class<?> type, Class<?> whole, Map<String, Class<?>> variants) {
        for (Class<?> permitted : type.getPermittedSubclasses()) {
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
                    + ", which is not a record. A sealed interface may permit only records.");
        }
        if (variant.getTypeParameters().length > 0) {
            throw new InvalidSchemaException(whole.getSimpleName() + ": the variant " + variant.getSimpleName()
                    + " has type parameters. Variants must not have type parameters.");
        }
        var other = variants.put(WireNames.ofVariant(variant), variant);
        if (other != null && other != variant) {
            throw new InvalidSchemaException(whole.getSimpleName() + ": two variants have the name "
                    + WireNames.ofVariant(variant) + ". Rename one of them with @Name.");
        }
    }
}
