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
import java.util.HashMap;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Keywords whose implementations in the validator are inexact, or have no limit on their cost.
 *
 * <p>Numbers are compared as exact decimals. The implementations of the validator convert bounds of integers to
 * {@code long}, so that {@code 1e30} fails with an exception, and multiples to {@code double}, which does not
 * distinguish integers beyond 2^53 and takes very long to divide {@code 1e999999999}.
 *
 * <p>{@code uniqueItems} compares items by their {@link CanonicalValue}, and Java's maps sort strings whose hashes
 * collide. The implementation of the validator compares nodes by their hashes, and strings with equal hashes are easy to
 * construct (20,000 of them take three seconds). The error names the first pair of equal items.
 *
 * @param getValue the name of the keyword
 * @param rule decides whether a value satisfies the keyword
 */
record BoundedKeyword(String getValue, Rule rule) implements Keyword {
    /** The maximum difference between the scales of a number and its divisor. */
    private static final int MAX_PLACES = 2_000;

    /** The keywords for draft-04, in which {@code minimum} and {@code maximum} depend on two other keywords. */
    static final List<BoundedKeyword> DRAFT_04 = List.of(
            new BoundedKeyword("uniqueItems", BoundedKeyword::equalItems),
            forNumbers("multipleOf", BoundedKeyword::isMultiple));

    static final List<BoundedKeyword> ALL = Stream.concat(
                    DRAFT_04.stream(),
                    Stream.of(
                            forNumbers("minimum", (number, bound) -> number.compareTo(bound) >= 0),
                            forNumbers("maximum", (number, bound) -> number.compareTo(bound) <= 0),
                            forNumbers("exclusiveMinimum", (number, bound) -> number.compareTo(bound) > 0),
                            forNumbers("exclusiveMaximum", (number, bound) -> number.compareTo(bound) < 0)))
            .toList();

    interface Rule {
        /** Returns the arguments of the error message, or null if the value satisfies the keyword. */
        Object @Nullable [] check(JsonNode keyword, JsonNode value);
    }

    private static BoundedKeyword forNumbers(String name, BiPredicate<BigDecimal, BigDecimal> rule) {
        return new BoundedKeyword(name, (bound, value) -> {
            boolean holds = !value.isNumber() || rule.test(value.decimalValue(), bound.decimalValue());
            return holds ? null : new Object[] {bound.asString()};
        });
    }

    private static boolean isMultiple(BigDecimal number, BigDecimal divisor) {
        if (Math.abs((long) number.scale() - divisor.scale()) > MAX_PLACES) {
            throw new ValidationLimitException(
                    "contains a number that is too large or too small to be divided by " + divisor);
        }
        return number.remainder(divisor).signum() == 0;
    }

    private static Object @Nullable [] equalItems(JsonNode keyword, JsonNode value) {
        if (keyword.asBoolean() && value.isArray()) {
            var seen = HashMap.<String, Integer>newHashMap(value.size());
            for (int i = 0; i < value.size(); i++) {
                var earlier = seen.putIfAbsent(CanonicalValue.of(value.get(i)), i);
                if (earlier != null) {
                    return new Object[] {earlier, i};
                }
            }
        }
        return null;
    }

    @Override
    public KeywordValidator newValidator(
            SchemaLocation location, JsonNode schemaNode, Schema parent, SchemaContext context) {
        return new Check(this, schemaNode, location, parent, context);
    }

    private static final class Check extends BaseKeywordValidator {
        private final Rule rule;

        Check(BoundedKeyword keyword, JsonNode node, SchemaLocation location, Schema parent, SchemaContext context) {
            super(keyword, node, location, parent, context);
            this.rule = keyword.rule;
        }

        @Override
        public void validate(ExecutionContext execution, JsonNode node, JsonNode root, NodePath location) {
            var arguments = rule.check(schemaNode, node);
            if (arguments != null) {
                execution.addError(error().instanceNode(node)
                        .instanceLocation(location)
                        .evaluationPath(execution.getEvaluationPath())
                        .locale(execution.getExecutionConfig().getLocale())
                        .arguments(arguments)
                        .build());
            }
        }
    }
}
