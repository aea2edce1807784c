package io.breakwater.core.validation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Accepts most valid values without the validator. It supports only the few keywords that most schemas use. When it
 * does not accept a value, the validator decides. The validator accepts every value that this class accepts.
 */
final class FastPathValidator {
    private static final FastPathValidator UNKNOWN = new FastPathValidator();

    private static final Set<String> ANNOTATIONS = Set.of(
            "$schema",
            "$comment",
            "$defs",
            "definitions",
            "title",
            "description",
            "default",
            "examples",
            "deprecated",
            "readOnly",
            "writeOnly",
            "x-mcp-header");

    private boolean supported;
    private @Nullable Set<String> types;
    private @Nullable Set<String> texts;
    private int minLength;
    private int maxLength = Integer.MAX_VALUE;
    private long minimum = Long.MIN_VALUE;
    private long maximum = Long.MAX_VALUE;
    private Map<String, FastPathValidator> properties = Map.of();
    private List<String> required = List.of();
    private boolean closed;
    private @Nullable FastPathValidator items;
    private int minItems;
    private int maxItems = Integer.MAX_VALUE;
    private List<FastPathValidator> alternatives = List.of();

    private FastPathValidator() {}

    /** Creates the fast path for a schema; for a schema with other keywords it accepts nothing. */
    static FastPathValidator of(JsonNode schema) {
        if (!schema.isObject()) {
            return UNKNOWN;
        }
        var check = new FastPathValidator();
        check.supported = true;
        schema.forEachEntry((keyword, value) -> check.supported &= check.addKeyword(keyword, value));
        return check.supported ? check : UNKNOWN;
    }

    /** Adds a keyword; false when the keyword or its value is not supported. */
    private boolean addKeyword(String keyword, JsonNode value) {
        switch (keyword) {
            case "type" -> types = value.isString() ? Set.of(value.stringValue()) : texts(value);
            case "enum" -> texts = texts(value);
            case "required" -> required = List.copyOf(texts(value));
            case "properties" -> {
                properties = new HashMap<>();
                value.forEachEntry((name, schema) -> properties.put(name, of(schema)));
            }
            case "items" -> items = of(value);
            case "anyOf" -> {
                alternatives = new ArrayList<>();
                value.forEach(schema -> alternatives.add(of(schema)));
            }
            default -> {
                return addBound(keyword, value) || ANNOTATIONS.contains(keyword);
            }
        }
        return true;
    }

    private boolean addBound(String keyword, JsonNode value) {
        switch (keyword) {
            case "additionalProperties" -> closed = value.isBoolean() && !value.booleanValue();
            case "minLength" -> minLength = value.intValue(Integer.MAX_VALUE);
            case "maxLength" -> maxLength = value.intValue(-1);
            case "minItems" -> minItems = value.intValue(Integer.MAX_VALUE);
            case "maxItems" -> maxItems = value.intValue(-1);
            case "minimum" -> minimum = value.longValue(Long.MAX_VALUE);
            case "maximum" -> maximum = value.longValue(Long.MIN_VALUE);
            default -> {
                return false;
            }
        }
        return !keyword.equals("additionalProperties") || value.isBoolean();
    }

    private static Set<String> texts(JsonNode list) {
        var texts = new HashSet<String>();
        list.forEach(item -> {
            if (item.isString()) {
                texts.add(item.stringValue());
            }
        });
        return texts;
    }

    /** True when the value is certainly valid. */
    boolean accepts(JsonNode value) {
        return supported && acceptsKind(value) && (alternatives.isEmpty() || acceptsAlternative(value));
    }

    private boolean acceptsKind(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> allowsType("object") && texts == null && acceptsObject(value);
            case ARRAY -> allowsType("array") && texts == null && acceptsArray(value);
            case STRING -> allowsType("string") && acceptsText(value.stringValue());
            case BOOLEAN -> allowsType("boolean") && texts == null;
            case NULL -> allowsType("null") && texts == null;
            case NUMBER -> acceptsNumber(value);
            case BINARY, MISSING, POJO -> false;
        };
    }

    private boolean allowsType(String type) {
        return types == null || types.contains(type);
    }

    private boolean acceptsObject(JsonNode value) {
        for (var name : required) {
            if (!value.has(name)) {
                return false;
            }
        }
        for (var member : value.properties()) {
            var property = properties.get(member.getKey());
            if (property == null ? closed : !property.accepts(member.getValue())) {
                return false;
            }
        }
        return true;
    }

    private boolean acceptsArray(JsonNode value) {
        if (value.size() < minItems || value.size() > maxItems) {
            return false;
        }
        if (items != null) {
            for (var item : value) {
                if (!items.accepts(item)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean acceptsText(String text) {
        if (texts != null && !texts.contains(text)) {
            return false;
        }
        if (minLength == 0 && text.length() <= maxLength) {
            return true;
        }
        int length = text.codePointCount(0, text.length());
        return minLength <= length && length <= maxLength;
    }

    private boolean acceptsNumber(JsonNode value) {
        boolean allowed = texts == null && (allowsType("number") || allowsType("integer"));
        if (!allowed || !value.isIntegralNumber() || !value.canConvertToLong()) {
            return false;
        }
        long number = value.longValue();
        return minimum <= number && number <= maximum;
    }

    private boolean acceptsAlternative(JsonNode value) {
        for (var alternative : alternatives) {
            if (alternative.accepts(value)) {
                return true;
            }
        }
        return false;
    }
}
