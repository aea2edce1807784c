package io.breakwater.core.data.processing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one function call. Their total size is at most that of two values. Exact decimals are converted to
 * doubles, with which the functions calculate.
 */
final class FunctionArguments {
    private final List<@Nullable Object> values;
    private final EvaluationBudget budget;

    FunctionArguments(List<@Nullable Object> arguments, EvaluationBudget budget) {
        this.values = new ArrayList<>(arguments.size());
        this.budget = budget;
        for (var value : arguments) {
            values.add(value instanceof BigDecimal decimal ? finite(decimal) : value);
        }
        budget.checkArguments(values);
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

    /** Returns an argument, or null if it is missing or undefined. */
    @Nullable
    Object get(int index) {
        return index < values.size() ? values.get(index) : null;
    }

    @Nullable
    String text(int index) {
        return get(index) instanceof String text ? text : null;
    }

    /** Returns an argument as a whole number, rounded towards zero. */
    int number(int index, int defaultValue) {
        return get(index) instanceof Number number ? number.intValue() : defaultValue;
    }

    boolean has(int index) {
        return get(index) != null;
    }
}
