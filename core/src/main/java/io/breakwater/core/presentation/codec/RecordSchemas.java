package io.breakwater.core.presentation.codec;

import io.breakwater.core.presentation.codec.SchemaWriter.Direction;
import io.breakwater.port.Json;
import io.breakwater.server.schema.AllowedValues;
import io.breakwater.server.schema.Default;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Format;
import io.breakwater.server.schema.InvalidSchemaException;
import io.breakwater.server.schema.JsonSchema;
import io.breakwater.server.schema.Length;
import io.breakwater.server.schema.Max;
import io.breakwater.server.schema.Min;
import io.breakwater.server.schema.Name;
import io.breakwater.server.schema.Pattern;
import io.breakwater.server.schema.Size;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Derives JSON Schemas (2020-12) from records.
 *
 * <p>A record becomes an object. Its components are the members, with their names in Java or from {@link Name}, and are
 * required unless they are {@code @Nullable} or {@code Optional}, or have a {@link Default}. {@link Description} and
 * the constraint annotations ({@link Pattern}, {@link Length}, {@link Min}, {@link Max}, {@link Size}, {@link Format},
 * {@link AllowedValues}, {@link JsonSchema}) become part of the schema. A constraint applies to the type that it
 * annotates, so {@code List<@Length(max = 20) String>} limits each item.
 *
 * <p>Supported types: strings, numbers, booleans, enums, {@code java.time}, {@code UUID}, {@code URI}, {@code byte[]}
 * (base64), nested and recursive records, generic records with type arguments, {@code List}, {@code Set}, arrays,
 * {@code Map<String, T>}, sealed interfaces of records (distinguished by a member {@code type}) and {@link Json} for
 * any JSON value. Any other type is refused with a message that names the component.
 */
public final class RecordSchemas {
    private RecordSchemas() {}

    /**
     * Returns the schema of the arguments of a tool; it does not allow further members.
     *
     * @throws InvalidSchemaException if a component has no schema
     */
    public static Json.Obj arguments(Class<? extends Record> type) {
        if (!type.isRecord()) {
            throw new InvalidSchemaException(type.getSimpleName()
                    + " is not a record. The arguments of a tool are the components of a record, for"
                    + " example: record FindOrder(String number) {}");
        }
        return withDescription(type, SchemaWriter.write(type, Direction.ARGUMENTS));
    }

    /**
     * Returns the schema of the result of a tool; it allows further members, so that later versions can add some.
     *
     * @throws InvalidSchemaException if a component has no schema
     */
    public static Json.Obj result(Class<?> type) {
        if (!type.isRecord() && !SealedVariants.has(type)) {
            throw new InvalidSchemaException(type.getSimpleName()
                    + " is neither a record nor a sealed interface of records. The result of a tool"
                    + " must be an object.");
        }
        return withDescription(type, SchemaWriter.write(type, Direction.RESULT));
    }

    /**
     * Returns the schema of an object with the members of both schemas.
     *
     * @throws InvalidSchemaException if both have a member or a definition with the same name
     */
    public static Json.Obj merged(Json.Obj one, Json.Obj other) {
        var members = new LinkedHashMap<>(one.members());
        other.members().forEach((keyword, value) -> members.merge(keyword, value, (a, b) -> join(keyword, a, b)));
        return new Json.Obj(members);
    }

    private static Json join(String keyword, Json one, Json other) {
        if (one instanceof Json.Obj(var first) && other instanceof Json.Obj(var second)) {
            var members = new LinkedHashMap<>(first);
            second.forEach((name, value) -> {
                if (members.put(name, value) != null) {
                    throw new InvalidSchemaException("Both schemas have the name " + name + " in " + keyword + ".");
                }
            });
            return new Json.Obj(members);
        }
        if (one instanceof Json.Arr(var first) && other instanceof Json.Arr(var second)) {
            List<Json> items = new ArrayList<>(first);
            items.addAll(second);
            return new Json.Arr(items);
        }
        return one;
    }

    private static Json.Obj withDescription(Class<?> type, Json.Obj schema) {
        var description = type.getAnnotation(Description.class);
        if (description == null) {
            return schema;
        }
        var members = new LinkedHashMap<>(schema.members());
        members.put("description", Json.of(description.value()));
        return new Json.Obj(members);
    }
}
