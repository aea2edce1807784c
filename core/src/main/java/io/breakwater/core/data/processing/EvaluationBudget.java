package io.breakwater.core.data.processing;

import io.breakwater.core.validation.ReadCounter;
import io.breakwater.port.CallContext;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The remaining budget of one evaluation. The evaluator reports every part of the expression that it enters and leaves,
 * and functions and regular expressions report their own work; the first exceeded limit ends the evaluation. Limits on
 * steps, depth and sizes have the same effect on every machine; the time limit covers work that they do not count. Not
 * thread-safe.
 */
final class EvaluationBudget {
    private static final int CHECK_INTERVAL = 64;
    private static final int MAX_CHARS_READ = 2_000_000;

    private final TransformLimits limits;
    private final CallContext context;
    private final LongSupplier nanos;
    private final ReadCounter charsRead = new ReadCounter(
            MAX_CHARS_READ,
            () -> EvaluationLimitException.because("A regular expression takes too long on this text; simplify it."));
    private final long start;
    private final IdentityHashMap<Object, Long> input = new IdentityHashMap<>();
    private int steps;
    private int depth;
    private int events;
    private long created;

    EvaluationBudget(TransformLimits limits, CallContext context, LongSupplier nanos) {
        this.limits = limits;
        this.context = context;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    /** Registers a part of the input; children are registered before their parents. */
    void input(Object part) {
        input.put(part, ValueWeight.of(part, input, Long.MAX_VALUE).size());
    }

    /** Records that the evaluator enters a part of the expression. */
    void enter() {
        if (++depth > limits.maxDepth()) {
            throw EvaluationLimitException.because(
                    "The expression recurses deeper than %d levels; use tail recursion or $reduce."
                            .formatted(limits.maxDepth()));
        }
        if (++steps > limits.maxSteps()) {
            throw EvaluationLimitException.because(
                    "The expression takes more than %d steps; simplify it or select less data."
                            .formatted(limits.maxSteps()));
        }
        checkTime();
    }

    /** Records that the evaluator leaves a part with a result. */
    void exit(@Nullable Object result) {
        depth--;
        addCreated(result);
    }

    /** Records a new value and checks its size and the total size of all values. */
    void addCreated(@Nullable Object value) {
        created += ValueWeight.of(value, input, limits.maxValueSize()).created();
        if (created > limits.maxProduced()) {
            throw EvaluationLimitException.because(
                    "The expression creates values of more than %d characters in total; simplify it."
                            .formatted(limits.maxProduced()));
        }
        checkTime();
    }

    /** Checks the arguments of a function before the call. */
    void checkArguments(List<@Nullable Object> arguments) {
        ValueWeight.of(arguments, input, 2L * limits.maxValueSize());
        checkTime();
    }

    /** Checks the size of a value before it is created. */
    void checkSize(long size) {
        if (size > limits.maxValueSize()) {
            throw EvaluationLimitException.because(
                    "The expression creates a value larger than %d characters; select less data."
                            .formatted(limits.maxValueSize()));
        }
    }

    /** Records a character that a regular expression reads. */
    void addCharRead() {
        charsRead.count();
        checkTime();
    }

    private void checkTime() {
        if (++events % CHECK_INTERVAL != 0) {
            return;
        }
        if (context.cancelled()
                || Thread.currentThread().isInterrupted()
                || !context.remaining().isPositive()) {
            throw EvaluationLimitException.callEnded();
        }
        if (nanos.getAsLong() - start > limits.maxTime().toNanos()) {
            throw EvaluationLimitException.because(
                    "The expression takes longer than %d ms; simplify it or select less data."
                            .formatted(limits.maxTime().toMillis()));
        }
    }
}
