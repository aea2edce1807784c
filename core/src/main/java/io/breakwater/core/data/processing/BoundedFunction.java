package io.breakwater.core.data.processing;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Utils;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function of the expression language with limits: the function of the evaluator, or a replacement, with a check of
 * the budget before and after. The superclass holds name and signature, which calls with open arguments ({@code
 * $substring(?, 0, 5)}) need.
 */
final class BoundedFunction extends JFunction {
    private final EvaluationBudget budget;
    private final @Nullable Body body;

    /**
     * Creates a function for one evaluation.
     *
     * @param method the method of the library with the same parameters
     * @param body the implementation, or null for that of the library
     */
    BoundedFunction(String name, String signature, String method, EvaluationBudget budget, @Nullable Body body) {
        super(name, signature, Functions.class, null, method);
        this.budget = budget;
        this.body = body;
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public @Nullable Object call(@Nullable Object input, List values) {
        var arguments = new FunctionArguments((List<@Nullable Object>) values, budget);
        var result = body == null ? super.call(input, arguments.values()) : body.call(arguments);
        budget.addCreated(result);
        return result instanceof Number number && !(number instanceof BigDecimal)
                ? Utils.convertNumber(number)
                : result;
    }

    /** The implementation of a function. */
    @FunctionalInterface
    interface Body {
        @Nullable
        Object call(FunctionArguments arguments);
    }
}
