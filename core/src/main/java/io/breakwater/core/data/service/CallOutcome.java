package io.breakwater.core.data.service;

import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceOutcome.NotDelivered;
import io.breakwater.port.driven.ServiceOutcome.Response;
import io.breakwater.port.driven.ServiceOutcome.Unconfirmed;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a call of several attempts. After an attempt that may have had an effect, only a response of success
 * tells what has happened: a later refusal may judge the repeated request alone, or come from a proxy. A status of 500 and
 * above leaves the effect open too, because a gateway sends 502 and 504 when the service behind it does not respond in time.
 * Thread-safe.
 */
final class CallOutcome {
    private final boolean safe;
    private @Nullable ServiceOutcome open; // guarded by this, like the next
    private @Nullable ServiceOutcome latest;

    /**
     * Creates the outcome of a call without attempts.
     *
     * @param safe whether the request only reads, so that it has no effect
     */
    CallOutcome(boolean safe) {
        this.safe = safe;
    }

    synchronized void add(ServiceOutcome outcome) {
        boolean serverError = outcome instanceof Response response && response.status() >= 500;
        if (outcome instanceof Unconfirmed || (serverError && !(open instanceof Unconfirmed))) {
            open = outcome;
        }
        if (!(outcome instanceof NotDelivered) || latest == null || latest instanceof NotDelivered) {
            latest = outcome;
        }
    }

    /** Whether an attempt may have had an effect of which no response tells. */
    synchronized boolean mayHaveHadEffect() {
        return open != null;
    }

    /** Returns the outcome; null without an attempt. */
    @SuppressWarnings("ReferenceEquality") // the same attempt, and not an equal one
    synchronized @Nullable ServiceOutcome get() {
        if (open == null || open.equals(latest)) {
            return latest;
        }
        if (!(latest instanceof Response response)) {
            return open;
        }
        return safe || response.status() < 400
                ? response
                : new Unconfirmed(
                        "An attempt had no clear outcome, and the repeated request ended with the status "
                                + response.status() + ".",
                        open instanceof Unconfirmed unconfirmed && unconfirmed.timedOut());
    }
}
