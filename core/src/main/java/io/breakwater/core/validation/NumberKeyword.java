package io.breakwater.core.validation;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The keywords for numbers, with exact decimals. The implementations of the validator convert bounds of integers to
 * {@code long}, so that {@code 1e30} fails with an exception, and multiples to {@code double}, which does not
 * distinguish integers beyond 2^53 and takes very long to divide {@code 1e999999999}.
 *
 * @param getValue the name of the keyword
 * @param rule decides whether a number satisfies the value of the keyword
 */
record NumberKeyword(String getValue, Rule rule) implements Keyword {
    /** The maximum difference between the scales of a number and its divisor. */
    private static final int MAX_PLACES = 2_000;

    static final List<NumberKeyword> ALL = List.of(
            new NumberKeyword("minimum", (number, bound) -> number.compareTo(bound) >= 0),
            new NumberKeyword("maximum", (number, bound) -> number.compareTo(bound) <= 0),
            new NumberKeyword("exclusiveMinimum", (number, bound) -> number.compareTo(bound) > 0),
            new NumberKeyword("exclusiveMaximum", (number, bound) -> number.compareTo(bound) < 0),
            new NumberKeyword("multipleOf", NumberKeyword::isMultiple));

    interface Rule {
        boolean holds(BigDecimal number, BigDecimal bound);
    }

    private static boolean isMultiple(BigDecimal number, BigDecimal divisor) {
        if (Math.abs((long) number.scale() - divisor.scale()) > MAX_PLACES) {
            throw new ValidationLimitException(
                    "contains a number that is too large or too small to be divided by " + divisor);
        }
        return number.remainder(divisor).signum() == 0;
    }

    @Override
    public KeywordValidator newValidator(
            SchemaLocation location, JsonNode schemaNode, Schema parent, SchemaContext context) {
        return new Check(this, schemaNode, location, parent, context);
    }

    private static final class Check extends BaseKeywordValidator {
        private final Rule rule;
        private final BigDecimal bound;

        Check(NumberKeyword keyword, JsonNode node, SchemaLocation location, Schema parent, SchemaContext context) {
            super(keyword, node, location, parent, context);
            this.rule = keyword.rule;
            this.bound = node.decimalValue();
        }

        @Override
        public void validate(ExecutionContext execution, JsonNode node, JsonNode root, NodePath location) {
            if (node.isNumber() && !rule.holds(node.decimalValue(), bound)) {
                execution.addError(error().instanceNode(node)
                        .instanceLocation(location)
                        .evaluationPath(execution.getEvaluationPath())
                        .locale(execution.getExecutionConfig().getLocale())
                        .build());
            }
        }
    }
}
