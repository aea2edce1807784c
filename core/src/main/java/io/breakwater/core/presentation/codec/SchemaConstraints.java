package io.breakwater.core.presentation.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.core.presentation.json.JsonTree;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.Json;
import io.breakwater.server.schema.AllowedValues;
import io.breakwater.server.schema.Format;
import io.breakwater.server.schema.InvalidSchemaException;
import io.breakwater.server.schema.JsonSchema;
import io.breakwater.server.schema.Length;
import io.breakwater.server.schema.Max;
import io.breakwater.server.schema.Min;
import io.breakwater.server.schema.Pattern;
import io.breakwater.server.schema.Size;
import java.lang.annotation.Annotation;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import tools.jackson.core.JacksonException;

/** Adds the constraint annotations of a type to its schema, and refuses annotations that do not apply to the type. */
final class SchemaConstraints {
    private final Map<String, Json> schema;
    private final String at;

    private SchemaConstraints(Map<String, Json> schema, String at) {
        this.schema = schema;
        this.at = at;
    }

    static Json.Obj apply(List<Annotation> annotations, Json.Obj schema, String at) {
        if (annotations.isEmpty()) {
            return schema;
        }
        var constraints = new SchemaConstraints(new LinkedHashMap<>(schema.members()), at);
        annotations.forEach(constraints::add);
        var constrained = new Json.Obj(constraints.schema);
        SchemaContradictions.refuse(constrained, at);
        return constrained;
    }

    private void add(Annotation annotation) {
        if (annotation instanceof Pattern pattern) {
            pattern(pattern);
        } else if (annotation instanceof Length length) {
            length(length);
        } else if (annotation instanceof Format format) {
            text(format).put("format", Json.of(format.value()));
        } else if (annotation instanceof AllowedValues allowed) {
            allowedValues(allowed);
        } else if (annotation instanceof Min min) {
            number(min)
                    .put(
                            min.exclusive() ? "exclusiveMinimum" : "minimum",
                            bound(min, min.value(), Long.MIN_VALUE, min.decimal()));
        } else if (annotation instanceof Max max) {
            number(max)
                    .put(
                            max.exclusive() ? "exclusiveMaximum" : "maximum",
                            bound(max, max.value(), Long.MAX_VALUE, max.decimal()));
        } else if (annotation instanceof Size size) {
            size(size);
        } else if (annotation instanceof JsonSchema given) {
            jsonSchema(given);
        }
    }

    private void pattern(Pattern pattern) {
        try {
            java.util.regex.Pattern.compile(pattern.value());
        } catch (PatternSyntaxException e) {
            throw refused(
                    pattern, "is not a regular expression: " + e.getDescription() + " near index " + e.getIndex());
        }
        text(pattern).put("pattern", Json.of(anchored(pattern.value())));
    }

    /** Anchors the expression: schemas search in a string, but the annotation applies to the whole string. */
    private static String anchored(String regex) {
        boolean anchored = regex.startsWith("^") && regex.endsWith("$") && !regex.endsWith("\\$");
        return anchored && regex.indexOf('|') < 0 ? regex : "^(?:" + regex + ")$";
    }

    private void allowedValues(AllowedValues allowed) {
        if (allowed.value().length == 0) {
            throw refused(allowed, "has no values, so that no string is valid");
        }
        var values = List.of(allowed.value());
        if (Set.copyOf(values).size() < values.size()) {
            throw refused(allowed, "has a value twice");
        }
        text(allowed).put("enum", Json.texts(values));
    }

    private void length(Length length) {
        checkRange(length, length.min(), length.max());
        if (length.min() > 0) {
            text(length).put("minLength", Json.of(length.min()));
        }
        if (length.max() < Integer.MAX_VALUE) {
            text(length).put("maxLength", Json.of(length.max()));
        }
    }

    private void size(Size size) {
        checkRange(size, size.min(), size.max());
        requireType(size, "a list, set or array", "array");
        if (size.min() > 0) {
            schema.put("minItems", Json.of(size.min()));
        }
        if (size.max() < Integer.MAX_VALUE) {
            schema.put("maxItems", Json.of(size.max()));
        }
        if (size.unique()) {
            schema.put("uniqueItems", Json.of(true));
        }
    }

    private void jsonSchema(JsonSchema given) {
        if (!schema.isEmpty()) {
            throw refused(given, "is only for components of type Json");
        }
        try {
            schema.putAll(JsonTree.objectFromTree(
                            ParsedJson.read(given.value().getBytes(UTF_8)).tree())
                    .members());
        } catch (JacksonException | IllegalArgumentException e) {
            throw refused(given, "is not a JSON Schema: " + given.value());
        }
    }

    private void checkRange(Annotation annotation, int min, int max) {
        if (min < 0 || max < min) {
            throw refused(annotation, "has an invalid range: min is " + min + " and max is " + max);
        }
    }

    private Json bound(Annotation annotation, long value, long absent, String decimal) {
        if ((value == absent) == decimal.isEmpty()) {
            throw refused(annotation, "needs either an integer or decimal, for example decimal = \"0.5\"");
        }
        try {
            return decimal.isEmpty() ? Json.of(value) : Json.of(new BigDecimal(decimal));
        } catch (NumberFormatException e) {
            throw refused(annotation, "has a bound that is not a number: " + decimal);
        }
    }

    private Map<String, Json> text(Annotation annotation) {
        return requireType(annotation, "a string", "string");
    }

    private Map<String, Json> number(Annotation annotation) {
        return requireType(annotation, "a number", "integer", "number");
    }

    private Map<String, Json> requireType(Annotation annotation, String expected, String... types) {
        for (String type : types) {
            if (schema.get("type") instanceof Json.Text text && text.value().equals(type)) {
                return schema;
            }
        }
        throw refused(annotation, "is only for " + expected);
    }

    private InvalidSchemaException refused(Annotation annotation, String reason) {
        return new InvalidSchemaException(
                at + ": @" + annotation.annotationType().getSimpleName() + " " + reason + ".");
    }
}
