package io.breakwater.core.metrics;

import java.util.Locale;

/** The outcome of a call with an idempotency key. */
public enum IdempotencyOutcome {
    /** It was the first call, and had its effect. */
    EXECUTED,
    /** It returned the result of an earlier call. */
    REPLAYED,
    /** It was refused, because an earlier call with the key runs. */
    IN_PROGRESS,
    /** It was refused, because the key belongs to other arguments. */
    OTHER_ARGUMENTS,
    /** The store did not confirm its write. */
    UNCONFIRMED,
    /** It was refused, because the outcome of an earlier call with the key is unknown. */
    UNKNOWN_OUTCOME,
    /** It was refused, because the result of the earlier call was too large to be stored. */
    RESULT_NOT_KEPT;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
