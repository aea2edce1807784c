package io.breakwater.core.data.processing;

import com.dashjoin.jsonata.JException;
import java.io.Serial;

/**
 * Ends an evaluation from within. It extends the evaluator's own exception, because the evaluator passes that one on
 * unchanged; in some places it replaces others with less specific ones.
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

    /** Creates an exception for an exceeded limit or an unsupported feature, with a message for the caller. */
    static EvaluationLimitException because(String sentence) {
        return new EvaluationLimitException(sentence, false);
    }

    /** Creates an exception for a call that has ended. */
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
