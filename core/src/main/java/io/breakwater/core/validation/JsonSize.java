package io.breakwater.core.validation;

import io.breakwater.port.Json;
import java.math.BigDecimal;

/**
 * Checks the size of a schema or a value before all other checks, so that none exhausts the stack or the memory, and no
 * division of numbers of very different size writes out all digits between them.
 */
final class JsonSize {
    private static final int MAX_OBJECTS = 10_000;
    private static final int MAX_DIGITS = 400;

    private final String subject;
    private final int maxValues;
    private final int maxObjects;
    private final int maxDepth;
    private int values;
    private int objects;

    private JsonSize(String subject, int maxValues, int maxObjects, int maxDepth) {
        this.subject = subject;
        this.maxValues = maxValues;
        this.maxObjects = maxObjects;
        this.maxDepth = maxDepth;
    }

    /**
     * Checks a schema.
     *
     * @throws RejectedInputException if it has too many values, nests too deeply, or has a number with too many digits
     */
    static void checkSchema(Json schema, SchemaLimits limits) {
        new JsonSize("The schema", limits.maxValues(), MAX_OBJECTS, limits.maxDepth()).count(schema, 0);
    }

    /** Checks a value, which may have any number of values in it. */
    static void checkData(Json value, SchemaLimits limits) {
        new JsonSize("The data", Integer.MAX_VALUE, Integer.MAX_VALUE, limits.maxDepth()).count(value, 0);
    }

    private void count(Json value, int depth) {
        limit(depth, maxDepth, "nests deeper than %d levels");
        limit(++values, maxValues, "has more than %d values");
        switch (value) {
            case Json.Obj(var members) -> {
                limit(++objects, maxObjects, "has more than %d objects");
                members.values().forEach(member -> count(member, depth + 1));
            }
            case Json.Arr(var items) -> items.forEach(item -> count(item, depth + 1));
            case Json.Decimal(var number) ->
                limit(digits(number), MAX_DIGITS, "has a number of more than %d digits before or after the point");
            case Json.Text ignored -> {}
            case Json.Bool ignored -> {}
            case Json.Null ignored -> {}
            case Json.Raw ignored -> throw new RejectedInputException(subject + " must not contain Json.Raw values.");
        }
    }

    /** Returns the number of digits before or after the point, whichever is larger. */
    private static long digits(BigDecimal number) {
        return number.signum() == 0 ? 0 : Math.max(number.scale(), number.precision() - (long) number.scale());
    }

    private void limit(long count, int max, String excess) {
        if (count > max) {
            throw new RejectedInputException("%s is too large: it %s.".formatted(subject, excess.formatted(max)));
        }
    }
}
