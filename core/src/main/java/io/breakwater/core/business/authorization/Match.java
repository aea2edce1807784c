package io.breakwater.core.business.authorization;

import java.util.Locale;
import java.util.function.Supplier;

/** Whether a rule, or a part of it, applies to an access. */
enum Match {
    /** It applies. */
    YES,
    /** It does not apply. */
    NO,
    /** It applies to some of the accesses that are meant, because the arguments or the URI are not known yet. */
    POSSIBLE,
    /** It would apply if the caller had further scopes. */
    SCOPES_MISSING,
    /** It could not be evaluated, which denies. */
    ERROR;

    /** Evaluates a part of a rule; an exception is an error of that part. */
    static Match evaluate(Supplier<Match> part) {
        try {
            return part.get();
        } catch (RuntimeException | StackOverflowError fault) {
            return ERROR;
        }
    }

    /** Combines two parts that must both apply. That a part does not apply counts before an error of the other one. */
    Match and(Match other) {
        if (this == NO || other == NO) {
            return NO;
        }
        return compareTo(other) > 0 ? this : other;
    }

    static Match of(boolean applies) {
        return applies ? YES : NO;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
