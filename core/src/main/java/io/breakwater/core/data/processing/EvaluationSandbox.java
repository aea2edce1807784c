package io.breakwater.core.data.processing;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Parser;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The environment of one evaluation: replacements for functions of the library, and a check of every part of the
 * expression when the evaluator enters and leaves it.
 */
final class EvaluationSandbox {

    private EvaluationSandbox() {}

    /** Returns the frame with the functions and regular expressions of an expression. */
    static Frame frame(Jsonata jsonata, Expression expression, EvaluationBudget budget) {
        var frame = jsonata.createFrame();
        FunctionLibrary.bind(frame, expression.functions(), budget);
        for (int i = 0; i < expression.patterns().size(); i++) {
            Object pattern = new PatternFunction(expression.patterns().get(i), budget);
            frame.bind(Expression.patternName(i), pattern);
        }
        frame.setEvaluateEntryCallback((part, input, environment) -> budget.enter());
        frame.setEvaluateExitCallback((part, input, environment, result) -> {
            check(result);
            budget.exit(result);
        });
        return frame;
    }

    /** Checks a result, in case {@link ExpressionReader} accepted something that it should have refused. */
    private static void check(@Nullable Object result) {
        switch (result) {
            case Pattern ignored ->
                throw EvaluationLimitException.because(
                        "A regular expression can only be used as the argument of a function.");
            case JFunction function
            when isLibraryFunction(function) ->
                throw EvaluationLimitException.because("The expression uses a function that is not supported.");
            case Parser.Symbol lambda
            when lambda.signature != null ->
                throw EvaluationLimitException.because("Function signatures are not supported.");
            case null, default -> {}
        }
    }

    /**
     * Returns true for functions of the library itself: they know their number of arguments; lambdas and transforms do
     * not.
     */
    private static boolean isLibraryFunction(JFunction function) {
        return function.getClass() == JFunction.class && function.getNumberOfArgs() > 0;
    }
}
