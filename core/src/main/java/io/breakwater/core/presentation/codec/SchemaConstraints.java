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
import java.util.regex.PatternSyntaxException;
import tools.jackson.core.JacksonException;

/** Adds to a schema what the annotations of a type's use ask for, and refuses those that make no sense there. */
final class SchemaConstraints {
    /** Above this, a double no longer holds every integer, so the bound would not be the one that was written. */
    private static final double EXACT = 9_007_199_254_740_992d;

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
        return new Json.Obj(constraints.schema);
    }

    private void add(Annotation annotation) {
        if (annotation instanceof Pattern pattern) {
            pattern(pattern);
        } else if (annotation instanceof Length length) {
            length(length);
        } else if (annotation instanceof Format format) {
            text(format).put("format", Json.of(format.value()));
        } else if (annotation instanceof AllowedValues oneOf) {
            text(oneOf).put("enum", Json.texts(List.of(oneOf.value())));
        } else if (annotation instanceof Min min) {
            number(min).put(min.exclusive() ? "exclusiveMinimum" : "minimum", bound(min.value()));
        } else if (annotation instanceof Max max) {
            number(max).put(max.exclusive() ? "exclusiveMaximum" : "maximum", bound(max.value()));
        } else if (annotation instanceof Size items) {
            items(items);
        } else if (annotation instanceof JsonSchema shape) {
            shape(shape);
        }
    }

    private void pattern(Pattern pattern) {
        try {
            java.util.regex.Pattern.compile(pattern.value());
        } catch (PatternSyntaxException e) {
            throw refused(pattern, "is no regular expression: " + e.getDescription() + " near index " + e.getIndex());
        }
        text(pattern).put("pattern", Json.of(whole(pattern.value())));
    }

    /** Schemas search; the annotation means the whole text. */
    private static String whole(String regex) {
        boolean anchored = regex.startsWith("^") && regex.endsWith("$") && !regex.endsWith("\\$");
        return anchored && regex.indexOf('|') < 0 ? regex : "^(?:" + regex + ")$";
    }

    private void length(Length length) {
        range(length, length.min(), length.max());
        if (length.min() > 0) {
            text(length).put("minLength", Json.of(length.min()));
        }
        if (length.max() < Integer.MAX_VALUE) {
            text(length).put("maxLength", Json.of(length.max()));
        }
    }

    private void items(Size items) {
        range(items, items.min(), items.max());
        only(items, "a list, set or array", "array");
        if (items.min() > 0) {
            schema.put("minItems", Json.of(items.min()));
        }
        if (items.max() < Integer.MAX_VALUE) {
            schema.put("maxItems", Json.of(items.max()));
        }
        if (items.unique()) {
            schema.put("uniqueItems", Json.of(true));
        }
    }

    private void shape(JsonSchema shape) {
        if (!schema.isEmpty()) {
            throw refused(shape, "belongs on Json");
        }
        try {
            schema.putAll(JsonTree.objectFromTree(
                            ParsedJson.read(shape.value().getBytes(UTF_8)).tree())
                    .members());
        } catch (JacksonException | IllegalArgumentException e) {
            throw refused(shape, "is no JSON Schema: " + shape.value());
        }
    }

    private void range(Annotation annotation, int min, int max) {
        if (min < 0 || max < min) {
            throw refused(annotation, "runs from " + min + " to " + max + ", which nothing can fulfil");
        }
    }

    private Json bound(double value) {
        if (Double.isNaN(value) || Math.abs(value) > EXACT) {
            throw new InvalidSchemaException(at + ": the bound " + value + " cannot be exact. Bounds go up to 2^53.");
        }
        return value == Math.rint(value) ? Json.of((long) value) : Json.of(BigDecimal.valueOf(value));
    }

    private Map<String, Json> text(Annotation annotation) {
        return only(annotation, "a text", "string");
    }

    private Map<String, Json> number(Annotation annotation) {
        return only(annotation, "a number", "integer", "number");
    }

    private Map<String, Json> only(Annotation annotation, String wanted, String... types) {
        for (String type : types) {
            if (schema.get("type") instanceof Json.Text text && text.value().equals(type)) {
                return schema;
            }
        }
        throw refused(annotation, "belongs on " + wanted);
    }

    private InvalidSchemaException refused(Annotation annotation, String why) {
        return new InvalidSchemaException(
                at + ": @" + annotation.annotationType().getSimpleName() + " " + why + ".");
    }
}
