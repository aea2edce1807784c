package io.breakwater.core.data.processing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one call of a function. Together they are no larger than two values may be. Exact decimals became
 * doubles, which is what functions reckon with.
 */
final class FunctionArguments {
    private final List<@Nullable Object> values;
    private final EvaluationBudget budget;

    FunctionArguments(List<@Nullable Object> given, EvaluationBudget budget) {
        this.values = new ArrayList<>(given.size());
        this.budget = budget;
        for (var value : given) {
            values.add(value instanceof BigDecimal decimal ? finite(decimal) : value);
        }
        budget.willTake(values);
    }

    private static Double finite(BigDecimal decimal) {
        double nearest = decimal.doubleValue();
        if (Double.isInfinite(nearest)) {
            throw EvaluationLimitException.because("The number %s is too large to calculate with.".formatted(decimal));
        }
        return nearest;
    }

    List<@Nullable Object> values() {
        return values;
    }

    EvaluationBudget budget() {
        return budget;
    }

    /** The argument at that place, or null when it was left out or is undefined. */
    @Nullable
    Object get(int index) {
        return index < values.size() ? values.get(index) : null;
    }

    @Nullable
    String text(int index) {
        return get(index) instanceof String text ? text : null;
    }

    /** A whole number, rounded towards zero. */
    int number(int index, int otherwise) {
        return get(index) instanceof Number number ? number.intValue() : otherwise;
    }

    boolean has(int index) {
        return get(index) != null;
    }
}
