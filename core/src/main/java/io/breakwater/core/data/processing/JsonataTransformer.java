package io.breakwater.core.data.processing;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import io.breakwater.core.business.processing.ProcessingException;
import io.breakwater.core.business.processing.Transformer;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Transforms by JSONata, with expressions nobody has to trust.
 *
 * <p>The library evaluates; around it stand, from outside in: {@link ExpressionReader}, which refuses what the parser
 * cannot bear; {@link EvaluationSandbox}, which looks at every step; {@link FunctionLibrary}, which replaces the
 * functions that could run away; {@link Regex}, which always ends; and {@link EvaluationBudget}, which counts. An
 * evaluation runs on the caller's thread and should have one that may be busy for as long as the limits allow. Safe for
 * use by many threads.
 */
public final class JsonataTransformer implements Transformer {
    private static final String EMPTY_EXPRESSION = "null";
    private static final int LONGEST_COMPLAINT = 300;

    private final TransformLimits limits;
    private final LongSupplier nanos;

    /** With its bounds, and nanoseconds from any origin to measure time by. */
    public JsonataTransformer(TransformLimits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
    }

    @Override
    public Json transform(String expression, Json document, CallContext scope) {
        if (expression.length() > limits.maxExpressionChars()) {
            throw new ProcessingException("The expression has %d characters, more than the limit of %d."
                    .formatted(expression.length(), limits.maxExpressionChars()));
        }
        try {
            return evaluate(ExpressionReader.read(expression), document, new EvaluationBudget(limits, scope, nanos));
        } catch (StackOverflowError e) {
            throw new ProcessingException("The expression nests or recurses too deeply.", e);
        } catch (ProcessingException e) {
            throw e;
        } catch (RuntimeException e) {
            throw told(e);
        } finally {
            forget();
        }
    }

    private static Json evaluate(Expression expression, Json document, EvaluationBudget budget) {
        var jsonata = Jsonata.jsonata(expression.text());
        jsonata.setOutputConvertNulls(false);
        var input = JavaValues.toJava(document, budget::input);
        var result = jsonata.evaluate(input, EvaluationSandbox.frame(jsonata, expression, budget));
        budget.made(result);
        return JavaValues.toJson(result);
    }

    /** The library keeps the last expression of each thread, and with it the input; give it another one to keep. */
    private static void forget() {
        Jsonata.jsonata(EMPTY_EXPRESSION);
    }

    private static RuntimeException told(RuntimeException thrown) {
        var known = knownCause(thrown);
        if (known instanceof EvaluationLimitException bound) {
            return bound.isCallEnded()
                    ? new PortException.DeadlineExceededException(bound.getMessage(), null)
                    : new ProcessingException(bound.getMessage());
        }
        if (known != null) {
            return new ProcessingException(complaint(known), thrown);
        }
        return new ProcessingException(
                "The expression fails on this data: one of its functions was given a value that it cannot take%s."
                        .formatted(hint(thrown)),
                thrown);
    }

    /** Where the library means to tell the caller something, it throws this very class. */
    private static String hint(RuntimeException thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass() == RuntimeException.class ? " (" + root.getMessage() + ")" : "";
    }

    private static @Nullable JException knownCause(RuntimeException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof JException known) {
                return known;
            }
        }
        return null;
    }

    private static String complaint(JException known) {
        var message = String.valueOf(known.getMessage());
        var sentence = message.length() > LONGEST_COMPLAINT ? message.substring(0, LONGEST_COMPLAINT) + "…" : message;
        var place = known.getLocation() > 0 ? ", at character " + known.getLocation() : "";
        return "The expression fails: %s (%s%s).".formatted(sentence, known.getError(), place);
    }
}
