package io.breakwater.core.presentation.codec;

import io.breakwater.port.Json;
import io.breakwater.server.schema.Default;
import io.breakwater.server.schema.Header;
import io.breakwater.server.schema.InvalidSchemaException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes one schema. Records stand in place; a type that contains itself is written once under {@code $defs} (or is the
 * root, {@code #}) and referred to. One writer writes one schema and is thrown away.
 */
final class SchemaWriter extends TypeVisitor<Json.Obj> {
    /** Whether values come from outside, where unknown members are mistakes, or from us, where they may be added. */
    enum Direction {
        ARGUMENTS,
        RESULT
    }

    private final Direction direction;
    private final SchemaDefinitions definitions;

    private SchemaWriter(ResolvedType root, Direction direction) {
        this.direction = direction;
        this.definitions = new SchemaDefinitions(root);
    }

    static Json.Obj write(Class<?> type, Direction direction) {
        var root = ResolvedType.of(type);
        var writer = new SchemaWriter(root, direction);
        return writer.definitions.addTo(writer.walk(root, type.getSimpleName()));
    }

    /** The schema of the type, and what the annotations of this use add. */
    @Override
    Json.Obj walk(ResolvedType use, String at) {
        return SchemaConstraints.apply(use.annotations(), super.walk(use, at), at);
    }

    @Override
    Json.Obj scalar(ScalarType scalar) {
        return scalar.schema();
    }

    @Override
    Json.Obj enumeration(Class<?> type) {
        return Json.object()
                .put("type", "string")
                .put("enum", Json.texts(WireNames.ofConstants(type)))
                .build();
    }

    @Override
    Json.Obj items(ResolvedType use, ResolvedType item, String at) {
        var schema = Json.object().put("type", "array").put("items", inside(item, at));
        return use.raw() == Set.class ? schema.put("uniqueItems", true).build() : schema.build();
    }

    @Override
    Json.Obj map(ResolvedType key, ResolvedType value, String at) {
        var schema = Json.object().put("type", "object");
        if (key.raw().isEnum() || !key.annotations().isEmpty()) {
            schema.put("propertyNames", walk(key, at));
        }
        return schema.put("additionalProperties", inside(value, at)).build();
    }

    /** The schema of what a list or map holds; null may be among it where the type says so. */
    private Json.Obj inside(ResolvedType inner, String at) {
        var schema = walk(inner, at);
        return inner.nullable() ? NullableSchema.of(schema) : schema;
    }

    @Override
    Json.Obj record(ResolvedType use) {
        return definitions.named(use, () -> record(use, null));
    }

    private Json.Obj record(ResolvedType use, @Nullable String variant) {
        var properties = new LinkedHashMap<String, Json>();
        var required = new ArrayList<String>();
        if (variant != null) {
            properties.put(
                    SealedVariants.TYPE, Json.object().put("const", variant).build());
            required.add(SealedVariants.TYPE);
        }
        for (var component : ComponentInfo.of(use)) {
            if (properties.put(component.name(), member(component)) != null) {
                throw new InvalidSchemaException(component.at() + ": the name " + component.name() + " is already taken"
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

    private boolean required(ComponentInfo component) {
        boolean defaulted = direction == Direction.ARGUMENTS && component.annotation(Default.class) != null;
        return !component.absentable() && !defaulted;
    }

    private Json.Obj member(ComponentInfo component) {
        var schema = walk(component.type(), component.at());
        if (direction == Direction.RESULT) {
            return MemberSchema.describe(component, schema);
        }
        // A header can be missing, but it cannot be null.
        boolean header = component.annotation(Header.class) != null;
        var argument = component.absentable() && !header ? NullableSchema.of(schema) : schema;
        return MemberSchema.asArgument(component, MemberSchema.describe(component, argument));
    }

    @Override
    Json.Obj variants(ResolvedType use) {
        return definitions.named(use, () -> variants(use.raw()));
    }

    private Json.Obj variants(Class<?> sealed) {
        var alternatives = new ArrayList<Json>();
        SealedVariants.of(sealed).forEach((name, variant) -> alternatives.add(record(ResolvedType.of(variant), name)));
        return Json.object()
                .put("type", "object")
                .put("oneOf", new Json.Arr(alternatives))
                .build();
    }
}
