package io.breakwater.core.data.processing;

import com.dashjoin.jsonata.JException;
import java.io.Serial;

/**
 * Ends an evaluation from within. It is one of the evaluator's own exceptions, because those are the ones it lets pass
 * everywhere; others it swaps for vaguer ones in places.
 */
final class EvaluationLimitException extends JException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String sentence;
    private final boolean callEnded;

    private EvaluationLimitException(String sentence, boolean callEnded) {
        super("out of bounds");
        this.sentence = sentence;
        this.callEnded = callEnded;
    }

    /** A limit was reached, or something is not offered; the sentence is for the caller. */
    static EvaluationLimitException because(String sentence) {
        return new EvaluationLimitException(sentence, false);
    }

    /** Nobody waits for the result any more. */
    static EvaluationLimitException callEnded() {
        return new EvaluationLimitException("The transform was stopped because its call ended.", true);
    }

    boolean isCallEnded() {
        return callEnded;
    }

    @Override
    public String getMessage() {
        return sentence;
    }
}
