package io.breakwater.core.data.service;

import io.breakwater.port.driven.ServiceOutcome;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a call of several attempts. If an attempt may have had an effect, a later failure does not change that,
 * so the outcome says so. Thread-safe.
 */
final class CallOutcome {
    private final boolean idempotentMethod;
    private @Nullable ServiceOutcome unconfirmed; // guarded by this, like the next
    private @Nullable ServiceOutcome latest;

    /** Creates the outcome of a call without attempts. */
    CallOutcome(boolean idempotentMethod) {
        this.idempotentMethod = idempotentMethod;
    }

    synchronized void add(ServiceOutcome outcome) {
        if (outcome instanceof ServiceOutcome.Unconfirmed) {
            unconfirmed = outcome;
        }
        if (!(outcome instanceof ServiceOutcome.NotDelivered)
                || latest == null
                || latest instanceof ServiceOutcome.NotDelivered) {
            latest = outcome;
        }
    }

    /** Whether an attempt may have had an effect of which no response tells. */
    synchronized boolean mayHaveHadEffect() {
        return unconfirmed != null;
    }

    /** Returns the outcome; null without an attempt. */
    synchronized @Nullable ServiceOutcome get() {
        if (unconfirmed == null || !(latest instanceof ServiceOutcome.Response response)) {
            return unconfirmed == null ? latest : unconfirmed;
        }
        boolean decides = response.status() < 400 || idempotentMethod;
        return decides ? response : unconfirmed;
    }
}
