package io.breakwater.core.presentation.codec;

import io.breakwater.server.schema.InvalidSchemaException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Visits a type and all types inside it. This class alone defines the kinds of types, so that schemas and codecs, which
 * different subclasses create, agree.
 *
 * @param <R> the result for each type
 */
abstract sealed class TypeVisitor<R> permits SchemaWriter, CodecFactory {
    /** A limit above the depth of real types; a generic record that grows inside itself has no end. */
    private static final int MAX_DEPTH = 32;

    private int depth;

    /**
     * Returns the result for a type.
     *
     * @param at the component with the type, for messages
     * @throws InvalidSchemaException if the type is not supported
     */
    R walk(ResolvedType use, String at) {
        if (++depth > MAX_DEPTH) {
            throw new InvalidSchemaException(at + ": the type is nested more than " + MAX_DEPTH + " levels deep.");
        }
        var result = visit(use, at);
        depth--;
        return result;
    }

    private R visit(ResolvedType use, String at) {
        var raw = use.raw();
        var scalar = ScalarTypes.of(raw);
        if (scalar != null) {
            return scalar(scalar);
        }
        if (raw.isEnum()) {
            return enumeration(raw);
        }
        if (raw.isArray() || raw == List.class || raw == Collection.class || raw == Set.class) {
            return items(use, argument(use, 0, at), at);
        }
        if (raw == Map.class) {
            return map(key(use, at), argument(use, 1, at), at);
        }
        if (raw.isRecord()) {
            return record(use);
        }
        if (SealedVariants.has(raw)) {
            return variants(use);
        }
        throw refused(raw, at);
    }

    abstract R scalar(ScalarType scalar);

    abstract R enumeration(Class<?> type);

    /** Returns the result for a list, set or array. */
    abstract R items(ResolvedType use, ResolvedType item, String at);

    /** Returns the result for a map; the key is a string or an enum. */
    abstract R map(ResolvedType key, ResolvedType value, String at);

    abstract R record(ResolvedType use);

    /** Returns the result for a sealed interface of records. */
    abstract R variants(ResolvedType use);

    private static ResolvedType argument(ResolvedType use, int index, String at) {
        var inner = use.argument(index);
        if (inner == null) {
            throw new InvalidSchemaException(at + ": " + use.raw().getSimpleName() + " has no type argument. Write "
                    + use.raw().getSimpleName() + "<…>.");
        }
        return inner;
    }

    private static ResolvedType key(ResolvedType use, String at) {
        var key = use.argument(0);
        if (key == null || (key.raw() != String.class && !key.raw().isEnum())) {
            throw new InvalidSchemaException(
                    at + ": the keys of a map must be String or an enum, because they become member names.");
        }
        return key;
    }

    private static InvalidSchemaException refused(Class<?> type, String at) {
        if (OptionalTypes.isOptional(type)) {
            return new InvalidSchemaException(
                    at + ": Optional is only for components, not for types inside other types.");
        }
        if (type == Object.class) {
            return new InvalidSchemaException(at + ": Object has no schema. Use Json for any JSON value.");
        }
        return new InvalidSchemaException(at + ": " + type.getSimpleName()
                + " has no schema. Use a record, a sealed interface of records, an enum, a string, a"
                + " number, a boolean, java.time, List, Set, Map<String, …>, or Json.");
    }
}
