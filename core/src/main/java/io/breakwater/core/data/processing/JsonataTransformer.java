package io.breakwater.core.data.processing;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import io.breakwater.core.business.processing.ProcessingException;
import io.breakwater.core.business.processing.Transformer;
import io.breakwater.core.validation.Regex;
import io.breakwater.core.validation.RejectedInputException;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Transforms documents with JSONata expressions from untrusted callers.
 *
 * <p>The library evaluates them. Several classes limit it: {@link ExpressionReader} refuses what the parser cannot
 * handle, {@link EvaluationSandbox} checks every step, {@link FunctionLibrary} replaces functions without limits,
 * {@link Regex} always ends, and {@link EvaluationBudget} counts the work. An evaluation runs on the caller's thread,
 * which may be busy for as long as the limits allow. Thread-safe.
 */
public final class JsonataTransformer implements Transformer {
    private static final String EMPTY_EXPRESSION = "null";
    private static final int MAX_MESSAGE_LENGTH = 300;

    private final TransformLimits limits;
    private final LongSupplier nanos;

    /** Creates a transformer with limits and a clock in nanoseconds. */
    public JsonataTransformer(TransformLimits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
    }

    @Override
    public Json transform(String expression, Json document, CallContext context) {
        if (expression.length() > limits.maxExpressionChars()) {
            throw new ProcessingException("The expression has %d characters, more than the limit of %d."
                    .formatted(expression.length(), limits.maxExpressionChars()));
        }
        try {
            return evaluate(ExpressionReader.read(expression), document, new EvaluationBudget(limits, context, nanos));
        } catch (StackOverflowError e) {
            throw new ProcessingException("The expression nests or recurses too deeply.", e);
        } catch (ProcessingException e) {
            throw e;
        } catch (RejectedInputException e) {
            throw new ProcessingException(e.getMessage(), e);
        } catch (RuntimeException e) {
            throw toCallerException(e);
        } finally {
            clearThreadState();
        }
    }

    private static Json evaluate(Expression expression, Json document, EvaluationBudget budget) {
        var jsonata = Jsonata.jsonata(expression.text());
        jsonata.setOutputConvertNulls(false);
        var input = JavaValues.toJava(document, budget::input);
        var result = jsonata.evaluate(input, EvaluationSandbox.frame(jsonata, expression, budget));
        budget.addCreated(result);
        return JavaValues.toJson(result);
    }

    /** Replaces the last expression of this thread, which the library stores together with its input. */
    private static void clearThreadState() {
        Jsonata.jsonata(EMPTY_EXPRESSION);
    }

    private static RuntimeException toCallerException(RuntimeException thrown) {
        var known = knownCause(thrown);
        if (known instanceof EvaluationLimitException limit) {
            return limit.isCallEnded()
                    ? new PortException.DeadlineExceededException(limit.getMessage(), null)
                    : new ProcessingException(limit.getMessage());
        }
        if (known != null) {
            return new ProcessingException(describe(known), thrown);
        }
        return new ProcessingException(
                "The expression fails on this data: one of its functions received a value that it does not accept%s."
                        .formatted(hint(thrown)),
                thrown);
    }

    /**
     * Returns the message of the library, if it is meant for the caller: the library then throws exactly this class.
     */
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

    private static String describe(JException known) {
        var message = String.valueOf(known.getMessage());
        var sentence = message.length() > MAX_MESSAGE_LENGTH ? message.substring(0, MAX_MESSAGE_LENGTH) + "…" : message;
        var place = known.getLocation() > 0 ? ", at character " + known.getLocation() : "";
        return "The expression fails: %s (%s%s).".formatted(sentence, known.getError(), place);
    }
}
