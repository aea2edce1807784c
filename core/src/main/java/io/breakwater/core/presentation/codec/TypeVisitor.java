package io.breakwater.core.presentation.codec;

import io.breakwater.server.schema.InvalidSchemaException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Goes through a type into all it is made of. What kinds of types there are is said here and nowhere else, so that the
 * schema, which one walk makes, and the binding, which another makes, agree.
 *
 * @param <R> what a walk makes of each type
 */
abstract sealed class TypeVisitor<R> permits SchemaWriter, CodecFactory {
    /** Deeper than any real type; a generic record that grows inside itself has no end. */
    private static final int MAX_DEPTH = 32;

    private int depth;

    /**
     * What becomes of this type.
     *
     * @param at the component that has it, for sentences
     * @throws InvalidSchemaException when it is none of the known kinds
     */
    R walk(ResolvedType use, String at) {
        if (++depth > MAX_DEPTH) {
            throw new InvalidSchemaException(at + ": the type nests deeper than " + MAX_DEPTH + " levels.");
        }
        var made = make(use, at);
        depth--;
        return made;
    }

    private R make(ResolvedType use, String at) {
        var raw = use.raw();
        var scalar = ScalarTypes.of(raw);
        if (scalar != null) {
            return scalar(scalar);
        }
        if (raw.isEnum()) {
            return enumeration(raw);
        }
        if (raw.isArray() || raw == List.class || raw == Collection.class || raw == Set.class) {
            return items(use, inside(use, 0, at), at);
        }
        if (raw == Map.class) {
            return map(key(use, at), inside(use, 1, at), at);
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

    /** A list, set or array. */
    abstract R items(ResolvedType use, ResolvedType item, String at);

    /** A map; the key is a text or an enum. */
    abstract R map(ResolvedType key, ResolvedType value, String at);

    abstract R record(ResolvedType use);

    /** A sealed interface of records. */
    abstract R variants(ResolvedType use);

    private static ResolvedType inside(ResolvedType use, int argument, String at) {
        var inner = use.argument(argument);
        if (inner == null) {
            throw new InvalidSchemaException(at + ": " + use.raw().getSimpleName() + " does not say of what. Write "
                    + use.raw().getSimpleName() + "<…>.");
        }
        return inner;
    }

    private static ResolvedType key(ResolvedType use, String at) {
        var key = use.argument(0);
        if (key == null || (key.raw() != String.class && !key.raw().isEnum())) {
            throw new InvalidSchemaException(
                    at + ": a map's keys must be String or an enum, because they become names.");
        }
        return key;
    }

    private static InvalidSchemaException refused(Class<?> type, String at) {
        if (OptionalTypes.has(type)) {
            return new InvalidSchemaException(at + ": Optional belongs on a component, not inside another type.");
        }
        if (type == Object.class) {
            return new InvalidSchemaException(at + ": Object says nothing. Use Json for a value of any shape.");
        }
        return new InvalidSchemaException(
                at + ": " + type.getSimpleName() + " cannot be described. Use a record, a sealed"
                        + " interface of records, an enum, a text, a number, a boolean, java.time, List, Set, Map<String, …>,"
                        + " or Json.");
    }
}
