package io.breakwater.core.presentation.codec;

import io.breakwater.core.presentation.json.JsonTree;
import io.breakwater.core.validation.ValueSchema;
import io.breakwater.port.Json;
import io.breakwater.server.schema.InvalidSchemaException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** Refuses constraints that no value satisfies, such as a minimum above the maximum. */
final class SchemaContradictions {
    private final Json.Obj schema;
    private final String at;

    private SchemaContradictions(Json.Obj schema, String at) {
        this.schema = schema;
        this.at = at;
    }

    /**
     * Refuses a schema whose constraints contradict each other.
     *
     * @param at the component with the schema, for the message
     */
    static void refuse(Json.Obj schema, String at) {
        var contradictions = new SchemaContradictions(schema, at);
        contradictions.refuseBounds();
        contradictions.refuseAllowedValues();
        contradictions.refuseSetSize();
    }

    private void refuseBounds() {
        var lower = lowest();
        var upper = highest();
        if (lower == null || upper == null) {
            return;
        }
        int order = lower.compareTo(upper);
        boolean open = !isInteger() && (schema.has("exclusiveMinimum") || schema.has("exclusiveMaximum"));
        if (order > 0 || (order == 0 && open)) {
            throw new InvalidSchemaException(at + ": no number is within " + bounds() + ". Correct @Min or @Max.");
        }
    }

    /** Returns the lowest number that the bounds allow, or its limit if it is excluded and not an integer. */
    private @Nullable BigDecimal lowest() {
        var excluded = number("exclusiveMinimum");
        if (excluded == null) {
            var minimum = number("minimum");
            return minimum == null || !isInteger() ? minimum : minimum.setScale(0, RoundingMode.CEILING);
        }
        return isInteger() ? excluded.setScale(0, RoundingMode.FLOOR).add(BigDecimal.ONE) : excluded;
    }

    private @Nullable BigDecimal highest() {
        var excluded = number("exclusiveMaximum");
        if (excluded == null) {
            var maximum = number("maximum");
            return maximum == null || !isInteger() ? maximum : maximum.setScale(0, RoundingMode.FLOOR);
        }
        return isInteger() ? excluded.setScale(0, RoundingMode.CEILING).subtract(BigDecimal.ONE) : excluded;
    }

    private String bounds() {
        var lower = schema.has("exclusiveMinimum") ? "more than " + number("exclusiveMinimum") : text("minimum");
        var upper = schema.has("exclusiveMaximum") ? "less than " + number("exclusiveMaximum") : text("maximum");
        return lower + " and " + upper;
    }

    private String text(String keyword) {
        return (keyword.equals("minimum") ? "at least " : "at most ") + number(keyword);
    }

    private boolean isInteger() {
        return "integer".equals(schema.text("type"));
    }

    private @Nullable BigDecimal number(String keyword) {
        return schema.get(keyword) instanceof Json.Decimal(BigDecimal value) ? value : null;
    }

    /** Refuses allowed values that other constraints of the same string exclude. */
    private void refuseAllowedValues() {
        if (!(schema.get("enum") instanceof Json.Arr(var values))) {
            return;
        }
        var others = new LinkedHashMap<>(schema.members());
        others.remove("enum");
        var compiled = ValueSchema.compile(new Json.Obj(others));
        for (var value : values) {
            for (var violation : compiled.check(JsonTree.toTree(value))) {
                throw new InvalidSchemaException(
                        at + ": the allowed value " + value + " contradicts another constraint: " + violation + ".");
            }
        }
    }

    /** Refuses a set that must have more items than its type has values. */
    private void refuseSetSize() {
        var fewest = number("minItems");
        boolean unique = schema.get("uniqueItems") instanceof Json.Bool;
        if (fewest == null || !unique || !(schema.object("items").get("enum") instanceof Json.Arr(var values))) {
            return;
        }
        if (fewest.intValueExact() > values.size()) {
            throw new InvalidSchemaException(at + ": @Size requires " + fewest + " different items, but only "
                    + values.size() + " values exist.");
        }
    }
}
