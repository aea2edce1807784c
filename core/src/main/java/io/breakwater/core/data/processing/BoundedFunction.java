package io.breakwater.core.data.processing;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Utils;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function of the expression language as we offer it: the evaluator's own, or one of ours in its place, with the
 * budget asked before and after. The superclass knows name and signature, which calls with open arguments ({@code
 * $substring(?, 0, 5)}) need.
 */
final class BoundedFunction extends JFunction {
    private final EvaluationBudget budget;
    private final @Nullable Body body;

    /**
     * One function for one evaluation.
     *
     * @param method the method of the library that has this function's arguments
     * @param body what it does, or null for what the library does
     */
    BoundedFunction(String name, String signature, String method, EvaluationBudget budget, @Nullable Body body) {
        super(name, signature, Functions.class, null, method);
        this.budget = budget;
        this.body = body;
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public @Nullable Object call(@Nullable Object input, List given) {
        var arguments = new FunctionArguments((List<@Nullable Object>) given, budget);
        var result = body == null ? super.call(input, arguments.values()) : body.call(arguments);
        budget.made(result);
        return result instanceof Number number && !(number instanceof BigDecimal)
                ? Utils.convertNumber(number)
                : result;
    }

    /** What a function does. */
    @FunctionalInterface
    interface Body {
        @Nullable
        Object call(FunctionArguments arguments);
    }
}
