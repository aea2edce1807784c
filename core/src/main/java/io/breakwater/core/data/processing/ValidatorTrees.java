package io.breakwater.core.data.processing;

import io.breakwater.core.business.processing.ProcessingException;
import io.breakwater.port.Json;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Converts values into the trees of the validator, and counts the values. */
final class ValidatorTrees {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MAX_EXPONENT = 400;

    private final String what;
    private final int maxValues;
    private final int maxDepth;
    private int values;

    private ValidatorTrees(String what, int maxValues, int maxDepth) {
        this.what = what;
        this.maxValues = maxValues;
        this.maxDepth = maxDepth;
    }

    /**
     * Converts a value.
     *
     * @param what the name of the value for the caller, as the subject of a sentence
     * @throws ProcessingException if the value has too many values in it, nests too deeply, or holds a number with too
     *     many digits
     */
    static JsonNode of(Json value, String what, int maxValues, int maxDepth) {
        return new ValidatorTrees(what, maxValues, maxDepth).tree(value, 0);
    }

    private JsonNode tree(Json value, int depth) {
        if (++values > maxValues || depth > maxDepth) {
            throw new ProcessingException("%s is too large for a check: at most %d values, nested at most %d deep."
                    .formatted(what, maxValues, maxDepth));
        }
        return switch (value) {
            case Json.Obj(var members) -> {
                var object = NODES.objectNode();
                members.forEach((name, member) -> object.set(name, tree(member, depth + 1)));
                yield object;
            }
            case Json.Arr(var items) -> {
                var array = NODES.arrayNode(items.size());
                items.forEach(item -> array.add(tree(item, depth + 1)));
                yield array;
            }
            case Json.Text(var text) -> NODES.stringNode(text);
            case Json.Decimal(var number) -> number(number);
            case Json.Bool bool -> NODES.booleanNode(bool.value());
            case Json.Null ignored -> NODES.nullNode();
            case Json.Raw ignored ->
                throw new IllegalArgumentException("Raw JSON bytes must be parsed before they can be checked.");
        };
    }

    /**
     * Converts a number. A division of numbers of very different size, as in {@code multipleOf}, would write out all
     * digits between them.
     */
    private JsonNode number(BigDecimal number) {
        long digitsBeforePoint = number.precision() - (long) number.scale();
        if (number.signum() != 0 && (digitsBeforePoint > MAX_EXPONENT || number.scale() > MAX_EXPONENT)) {
            throw new ProcessingException(
                    "%s has a number of more than %d digits before or after the point, which cannot be checked."
                            .formatted(what, MAX_EXPONENT));
        }
        boolean whole = number.scale() == 0 && number.unscaledValue().bitLength() < Long.SIZE;
        return whole ? NODES.numberNode(number.longValue()) : NODES.numberNode(number);
    }
}
