package io.breakwater.core.presentation.catalog.binding;

import io.breakwater.core.presentation.catalog.schema.Default;
import io.breakwater.core.presentation.catalog.schema.Header;
import io.breakwater.core.presentation.catalog.schema.SchemaRefused;
import io.breakwater.port.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes one schema. Records stand in place; a type that contains itself is written once under {@code $defs} (or is the
 * root, {@code #}) and referred to. One writer writes one schema and is thrown away.
 */
final class SchemaWriter {
    /** Whether values come from outside, where unknown members are mistakes, or from us, where they may be added. */
    enum Direction {
        ARGUMENTS,
        RESULT
    }

    /** Deeper than any real type; a generic record that grows inside itself has no end. */
    private static final int MAX_DEPTH = 32;

    private final Direction direction;
    private final Definitions definitions;
    private int depth;

    private SchemaWriter(TypeUse root, Direction direction) {
        this.direction = direction;
        this.definitions = new Definitions(root);
    }

    static Json.Obj write(Class<?> type, Direction direction) {
        var root = TypeUse.of(type);
        var writer = new SchemaWriter(root, direction);
        return writer.definitions.addTo(writer.write(root, type.getSimpleName()));
    }

    private Json.Obj write(TypeUse use, String at) {
        if (++depth > MAX_DEPTH) {
            throw new SchemaRefused(at + ": the type nests deeper than " + MAX_DEPTH + " levels.");
        }
        var schema = Constraints.apply(use.annotations(), plain(use, at), at);
        depth--;
        return schema;
    }

    /** The schema of the type alone, without what the annotations of this use add. */
    private Json.Obj plain(TypeUse use, String at) {
        var raw = use.raw();
        var scalar = Scalars.of(raw);
        if (scalar != null) {
            return scalar;
        }
        if (raw.isEnum()) {
            return enumeration(raw);
        }
        if (raw.isArray() || raw == List.class || raw == Collection.class || raw == Set.class) {
            return array(use, at);
        }
        if (raw == Map.class) {
            return map(use, at);
        }
        if (raw.isRecord()) {
            return definitions.named(use, () -> record(use, null));
        }
        if (Variants.has(raw)) {
            return definitions.named(use, () -> variants(use));
        }
        throw refused(raw, at);
    }

    private static Json.Obj enumeration(Class<?> type) {
        return Json.object()
                .put("type", "string")
                .put("enum", Json.texts(List.of(Names.ofConstants(type))))
                .build();
    }

    private Json.Obj array(TypeUse use, String at) {
        var schema = Json.object().put("type", "array").put("items", inside(use, 0, at));
        return use.raw() == Set.class ? schema.put("uniqueItems", true).build() : schema.build();
    }

    private Json.Obj map(TypeUse use, String at) {
        var key = use.argument(0);
        var schema = Json.object().put("type", "object");
        if (key != null && key.raw().isEnum()) {
            schema.put("propertyNames", enumeration(key.raw()));
        } else if (key != null
                && key.raw() == String.class
                && !key.annotations().isEmpty()) {
            schema.put("propertyNames", write(key, at));
        } else if (key == null || key.raw() != String.class) {
            throw new SchemaRefused(at + ": a map's keys must be String or an enum, because they become names.");
        }
        return schema.put("additionalProperties", inside(use, 1, at)).build();
    }

    /** The schema of what a list or map holds; null may be among it where the type says so. */
    private Json.Obj inside(TypeUse use, int argument, String at) {
        var inner = use.argument(argument);
        if (inner == null) {
            throw new SchemaRefused(at + ": " + use.raw().getSimpleName() + " does not say of what. Write "
                    + use.raw().getSimpleName() + "<…>.");
        }
        var schema = write(inner, at);
        return inner.nullable() ? OrNull.of(schema) : schema;
    }

    private Json.Obj record(TypeUse use, @Nullable String variant) {
        var properties = new LinkedHashMap<String, Json>();
        var required = new ArrayList<String>();
        if (variant != null) {
            properties.put(Variants.TYPE, Json.object().put("const", variant).build());
            required.add(Variants.TYPE);
        }
        for (var component : Component.of(use)) {
            if (properties.put(component.name(), member(component)) != null) {
                throw new SchemaRefused(component.at() + ": the name " + component.name() + " is already taken"
                        + (variant == null ? "." : " (type names the variant).") + " Use @Name.");
            }
            if (required(component)) {
                required.add(component.name());
            }
        }
        return object(properties, required);
    }

    private Json.Obj object(Map<String, Json> properties, List<String> required) {
        var schema = Json.object().put("type", "object").put("properties", new Json.Obj(properties));
        if (!required.isEmpty()) {
            schema.put("required", Json.texts(required));
        }
        return direction == Direction.ARGUMENTS
                ? schema.put("additionalProperties", false).build()
                : schema.build();
    }

    private boolean required(Component component) {
        boolean defaulted = direction == Direction.ARGUMENTS && component.annotation(Default.class) != null;
        return !component.absentable() && !defaulted;
    }

    private Json.Obj member(Component component) {
        var schema = write(component.type(), component.at());
        if (direction == Direction.RESULT) {
            return Members.describe(component, schema);
        }
        // A header can be missing, but it cannot be null.
        boolean header = component.annotation(Header.class) != null;
        var argument = component.absentable() && !header ? OrNull.of(schema) : schema;
        return Members.asArgument(component, Members.describe(component, argument));
    }

    private Json.Obj variants(TypeUse use) {
        var alternatives = new ArrayList<Json>();
        Variants.of(use.raw()).forEach((name, variant) -> {
            if (variant.getTypeParameters().length > 0) {
                throw new SchemaRefused(use.raw().getSimpleName() + ": the variant " + variant.getSimpleName()
                        + " has type parameters, which nothing here fixes.");
            }
            alternatives.add(record(TypeUse.of(variant), name));
        });
        return Json.object().put("oneOf", new Json.Arr(alternatives)).build();
    }

    private static SchemaRefused refused(Class<?> type, String at) {
        var optionals = Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);
        if (optionals.contains(type)) {
            return new SchemaRefused(at + ": Optional belongs on a component, not inside another type.");
        }
        if (type == Object.class) {
            return new SchemaRefused(at + ": Object says nothing. Use Json for a value of any shape.");
        }
        return new SchemaRefused(at + ": " + type.getSimpleName() + " cannot be described. Use a record, a sealed"
                + " interface of records, an enum, a text, a number, a boolean, java.time, List, Set, Map<String, …>,"
                + " or Json.");
    }
}
