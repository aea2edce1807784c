package io.breakwater.core.presentation.json;

import io.breakwater.port.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Converts between the tree of Jackson and {@link Json}, and preserves all digits and the order of members. */
public final class JsonTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final TreeReader RAW = TreeReader.upTo(Integer.MAX_VALUE);

    private JsonTree() {}

    /** Returns the value as {@link Json}; a missing node becomes null. */
    public static Json fromTree(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> object(node);
            case ARRAY -> array(node);
            case STRING -> Json.of(node.stringValue());
            case NUMBER -> Json.of(decimal(node));
            case BOOLEAN -> Json.of(node.booleanValue());
            case NULL, MISSING -> Json.Null.NULL;
            case BINARY, POJO -> throw new IllegalArgumentException("Not a JSON value: " + node.getNodeType());
        };
    }

    /**
     * Returns the object as {@link Json.Obj}.
     *
     * @throws IllegalArgumentException if the value is not an object
     */
    public static Json.Obj objectFromTree(JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException("Not a JSON object: " + node.getNodeType());
        }
        return object(node);
    }

    /**
     * Returns the value as a tree; raw bytes are parsed.
     *
     * @throws IllegalArgumentException if raw bytes are not JSON
     */
    public static JsonNode toTree(Json json) {
        return switch (json) {
            case Json.Obj(var members) -> {
                var tree = NODES.objectNode();
                members.forEach((name, value) -> tree.set(name, toTree(value)));
                yield tree;
            }
            case Json.Arr(var items) -> {
                var tree = NODES.arrayNode(items.size());
                items.forEach(item -> tree.add(toTree(item)));
                yield tree;
            }
            case Json.Text(var text) -> NODES.stringNode(text);
            case Json.Decimal(var number) -> number(number);
            case Json.Bool bool -> NODES.booleanNode(bool.value());
            case Json.Null ignored -> NODES.nullNode();
            case Json.Raw(var utf8) -> parse(utf8);
        };
    }

    private static Json.Obj object(JsonNode node) {
        var members = LinkedHashMap.<String, Json>newLinkedHashMap(node.size());
        node.forEachEntry((name, value) -> members.put(name, fromTree(value)));
        return new Json.Obj(members);
    }

    private static Json.Arr array(JsonNode node) {
        var items = new ArrayList<Json>(node.size());
        node.forEach(item -> items.add(fromTree(item)));
        return new Json.Arr(items);
    }

    private static BigDecimal decimal(JsonNode node) {
        return switch (node.numberType()) {
            case INT, LONG -> BigDecimal.valueOf(node.longValue());
            case BIG_INTEGER -> new BigDecimal(node.bigIntegerValue());
            case FLOAT, DOUBLE, BIG_DECIMAL -> node.decimalValue();
        };
    }

    /** Returns a number node of the type that the parser creates: integers become integer nodes. */
    private static JsonNode number(BigDecimal value) {
        if (value.scale() != 0) {
            return NODES.numberNode(value);
        }
        if (value.unscaledValue().bitLength() < Long.SIZE) {
            long integer = value.longValue();
            return (int) integer == integer ? NODES.numberNode((int) integer) : NODES.numberNode(integer);
        }
        return NODES.numberNode(value.unscaledValue());
    }

    private static JsonNode parse(byte[] utf8) {
        try {
            return RAW.read(utf8);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("The raw bytes are not a JSON value: " + e.getOriginalMessage(), e);
        }
    }
}
