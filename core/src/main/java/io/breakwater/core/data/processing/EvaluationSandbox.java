package io.breakwater.core.data.processing;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Parser;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The surroundings of one evaluation: our functions in place of the library's, and a look at every part of the
 * expression as it is entered and left.
 */
final class EvaluationSandbox {

    private EvaluationSandbox() {}

    /** What an expression can see beside its input. */
    static Frame frame(Jsonata jsonata, Expression expression, EvaluationBudget budget) {
        var frame = jsonata.createFrame();
        FunctionLibrary.bind(frame, expression.functions(), budget);
        for (int i = 0; i < expression.patterns().size(); i++) {
            Object pattern = new PatternFunction(expression.patterns().get(i), budget);
            frame.bind(Expression.patternName(i), pattern);
        }
        frame.setEvaluateEntryCallback((part, input, environment) -> budget.enter());
        frame.setEvaluateExitCallback((part, input, environment, result) -> {
            vet(result);
            budget.exit(result);
        });
        return frame;
    }

    /** The net below {@link ExpressionReader}: what it should not have let through goes no further. */
    private static void vet(@Nullable Object result) {
        switch (result) {
            case Pattern ignored ->
                throw EvaluationLimitException.because(
                        "A regular expression stands where none can be used; give it to a function.");
            case JFunction function
            when isUnbounded(function) ->
                throw EvaluationLimitException.because("The expression uses a function that is not offered.");
            case Parser.Symbol lambda
            when lambda.signature != null ->
                throw EvaluationLimitException.because("Signatures of functions are not offered.");
            case null, default -> {}
        }
    }

    /** The library's own functions know their number of arguments; lambdas and transforms do not. */
    private static boolean isUnbounded(JFunction function) {
        return function.getClass() == JFunction.class && function.getNumberOfArgs() > 0;
    }
}
