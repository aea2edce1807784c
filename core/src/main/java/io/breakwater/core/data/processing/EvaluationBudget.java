package io.breakwater.core.data.processing;

import io.breakwater.port.CallContext;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one evaluation may still spend. The evaluator reports every part it enters and leaves, our functions and regular
 * expressions report their own work; the first bound that is reached ends the evaluation. Steps, depth and sizes are
 * the same on every machine; the time is there for what they do not see. Used by one thread.
 */
final class EvaluationBudget {
    private static final int LOOK_UP_EVERY = 64;
    private static final int MAX_LOOKS = 2_000_000;

    private final TransformLimits limits;
    private final CallContext scope;
    private final LongSupplier nanos;
    private final long start;
    private final IdentityHashMap<Object, Long> input = new IdentityHashMap<>();
    private int steps;
    private int depth;
    private int work;
    private long made;
    private int looks;

    EvaluationBudget(TransformLimits limits, CallContext scope, LongSupplier nanos) {
        this.limits = limits;
        this.scope = scope;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    /** A part of the input, as it is handed to the evaluator, parts before wholes. */
    void input(Object part) {
        input.put(part, ValueWeight.of(part, input, Long.MAX_VALUE).size());
    }

    /** The evaluator enters a part of the expression. */
    void enter() {
        if (++depth > limits.maxDepth()) {
            throw EvaluationLimitException.because(
                    "The expression recurses deeper than %d levels; make its functions call themselves"
                                    .formatted(limits.maxDepth())
                            + " last, or use $reduce.");
        }
        if (++steps > limits.maxSteps()) {
            throw EvaluationLimitException.because(
                    "The expression takes more than %d steps.".formatted(limits.maxSteps()));
        }
        lookUp();
    }

    /** The evaluator leaves a part with this result. */
    void exit(@Nullable Object result) {
        depth--;
        made(result);
    }

    /** Something was made: it must not be too large, nor all together too much. */
    void made(@Nullable Object value) {
        made += ValueWeight.of(value, input, limits.maxValueSize()).made();
        if (made > limits.maxProduced()) {
            throw EvaluationLimitException.because("The expression makes more than %d characters of values on its way."
                    .formatted(limits.maxProduced()));
        }
        lookUp();
    }

    /** A function is about to be called with these arguments. */
    void willTake(List<@Nullable Object> arguments) {
        ValueWeight.of(arguments, input, 2L * limits.maxValueSize());
        lookUp();
    }

    /** Something of that size is about to be made. */
    void willMake(long size) {
        if (size > limits.maxValueSize()) {
            throw EvaluationLimitException.because(
                    "The expression builds a value larger than %d characters.".formatted(limits.maxValueSize()));
        }
    }

    /** Regular expressions look at so many more characters. */
    void look(int characters) {
        looks += characters;
        if (looks > MAX_LOOKS) {
            throw EvaluationLimitException.because(
                    "A regular expression takes too long on this text; make it simpler.");
        }
        lookUp();
    }

    private void lookUp() {
        if (++work % LOOK_UP_EVERY != 0) {
            return;
        }
        if (scope.cancelled()
                || Thread.currentThread().isInterrupted()
                || !scope.remaining().isPositive()) {
            throw EvaluationLimitException.callEnded();
        }
        if (nanos.getAsLong() - start > limits.maxTime().toNanos()) {
            throw EvaluationLimitException.because("The expression takes longer than %d ms."
                    .formatted(limits.maxTime().toMillis()));
        }
    }
}
