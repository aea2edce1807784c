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
 * Writes one schema; each instance is used once. Records are written in place. A type that contains itself is written
 * once, under {@code $defs} or as the root {@code #}, and referenced.
 */
final class SchemaWriter extends TypeVisitor<Json.Obj> {
    /** The use of the schema: arguments refuse unknown members, and results allow them. */
    enum Direction {
        ARGUMENTS,
        RESULT
    }

    private final Direction direction;
    private final SchemaDefinitions definitions;

    private SchemaWriter(@Nullable ResolvedType root, Direction direction) {
        this.direction = direction;
        this.definitions = new SchemaDefinitions(root);
    }

    static Json.Obj write(Class<?> type, Direction direction) {
        return write(ResolvedType.of(type), type.getSimpleName(), direction);
    }

    static Json.Obj write(ResolvedType root, String at, Direction direction) {
        var writer = new SchemaWriter(root, direction);
        return writer.finished(writer.walk(root, at), at);
    }

    /** Writes the schema of arguments that are not a record. */
    static Json.Obj write(List<ComponentInfo> arguments) {
        var writer = new SchemaWriter(null, Direction.ARGUMENTS);
        return writer.finished(writer.object(arguments, null), "The arguments");
    }

    private Json.Obj finished(Json.Obj body, String root) {
        var schema = definitions.addTo(body);
        if (definitions.isRecursive()) {
            FiniteValues.require(schema, root);
        }
        return schema;
    }

    /** Returns the schema of the type with the constraints of this use. */
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
        var schema = Json.object().put("type", "array").put("items", element(item, at));
        return use.raw() == Set.class ? schema.put("uniqueItems", true).build() : schema.build();
    }

    @Override
    Json.Obj map(ResolvedType key, ResolvedType value, String at) {
        var schema = Json.object().put("type", "object");
        if (key.raw().isEnum() || !key.annotations().isEmpty()) {
            schema.put("propertyNames", walk(key, at));
        }
        return schema.put("additionalProperties", element(value, at)).build();
    }

    /** Returns the schema of the elements of a list or map, which accepts null if the type allows it. */
    private Json.Obj element(ResolvedType inner, String at) {
        var schema = walk(inner, at);
        return inner.nullable() ? NullableSchema.of(schema) : schema;
    }

    @Override
    Json.Obj record(ResolvedType use) {
        return definitions.schemaOrReference(use, () -> record(use, null));
    }

    private Json.Obj record(ResolvedType use, @Nullable String variant) {
        return object(ComponentInfo.of(use), variant);
    }

    private Json.Obj object(List<ComponentInfo> components, @Nullable String variant) {
        var properties = new LinkedHashMap<String, Json>();
        var required = new ArrayList<String>();
        if (variant != null) {
            properties.put(
                    SealedVariants.TYPE, Json.object().put("const", variant).build());
            required.add(SealedVariants.TYPE);
        }
        for (var component : components) {
            if (properties.put(component.name(), member(component)) != null) {
                throw new InvalidSchemaException(
                        component.at() + ": the name " + component.name() + " is already in use"
                                + (variant == null ? "." : ", because the member type names the variant.")
                                + " Choose another name with @Name.");
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
        // A header can be absent, but not null.
        boolean header = component.annotation(Header.class) != null;
        var argument = component.absentable() && !header ? NullableSchema.of(schema) : schema;
        return MemberSchema.asArgument(component, MemberSchema.describe(component, argument));
    }

    @Override
    Json.Obj variants(ResolvedType use) {
        return definitions.schemaOrReference(use, () -> variants(use.raw()));
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
