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
 * Turns records into JSON Schemas (2020-12).
 *
 * <p>A record becomes an object: its components are the members, named as declared or by {@link Name}, and required
 * unless they are {@code @Nullable}, {@code Optional} or have a {@link Default}. {@link Description} and the constraint
 * annotations ({@link Pattern}, {@link Length}, {@link Min}, {@link Max}, {@link Size}, {@link Format},
 * {@link AllowedValues}, {@link JsonSchema}) go into the schema; constraints stand on the type they mean, so
 * {@code List<@Length(max = 20) String>} works.
 *
 * <p>Known types: texts, numbers, booleans, enums, {@code java.time}, {@code UUID}, {@code URI}, {@code byte[]}
 * (base64), nested and recursive records, generic records whose variables are bound, {@code List}, {@code Set}, arrays,
 * {@code Map<String, T>}, sealed interfaces of records (told apart by a member {@code type}) and {@link Json} for a
 * value of any shape. Whatever else is refused with a sentence that names the component.
 */
public final class RecordSchemas {
    private RecordSchemas() {}

    /**
     * The schema of a tool's arguments; members it does not name are refused.
     *
     * @throws InvalidSchemaException when something in the record cannot be described
     */
    public static Json.Obj arguments(Class<? extends Record> type) {
        if (!type.isRecord()) {
            throw new InvalidSchemaException(
                    type.getSimpleName() + " is no record. A tool's arguments are the components of a"
                            + " record, as in: record FindOrder(String number) {}");
        }
        return described(type, SchemaWriter.write(type, Direction.ARGUMENTS));
    }

    /**
     * The schema of a tool's result; members may be added to it later without breaking a caller.
     *
     * @throws InvalidSchemaException when something in the type cannot be described
     */
    public static Json.Obj result(Class<?> type) {
        if (!type.isRecord() && !SealedVariants.has(type)) {
            throw new InvalidSchemaException(type.getSimpleName()
                    + " is no record, and no sealed interface of records. A tool's" + " result is an object.");
        }
        return described(type, SchemaWriter.write(type, Direction.RESULT));
    }

    /**
     * The schema of an object that has the members of both.
     *
     * @throws InvalidSchemaException when both have a member or a definition of the same name
     */
    public static Json.Obj merged(Json.Obj one, Json.Obj other) {
        var members = new LinkedHashMap<>(one.members());
        other.members().forEach((keyword, value) -> members.merge(keyword, value, (a, b) -> joined(keyword, a, b)));
        return new Json.Obj(members);
    }

    private static Json joined(String keyword, Json one, Json other) {
        if (one instanceof Json.Obj(var first) && other instanceof Json.Obj(var second)) {
            var members = new LinkedHashMap<>(first);
            second.forEach((name, value) -> {
                if (members.put(name, value) != null) {
                    throw new InvalidSchemaException("Both schemas have " + name + " among their " + keyword + ".");
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

    private static Json.Obj described(Class<?> type, Json.Obj schema) {
        var words = type.getAnnotation(Description.class);
        if (words == null) {
            return schema;
        }
        var members = new LinkedHashMap<>(schema.members());
        members.put("description", Json.of(words.value()));
        return new Json.Obj(members);
    }
}
