package io.breakwater.core.business.session;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;

/** Ends the repetition of an update that met other updates until its call had no time left. */
final class RepeatedUpdates {
    private RepeatedUpdates() {}

    /** Throws an exception if the call is cancelled or its deadline has passed. */
    static void requireTime(CallContext context) {
        if (context.cancelled() || context.remaining().isZero()) {
            throw new PortException.DeadlineExceededException(
                    "Other changes came first until the deadline; try again later.", null);
        }
    }
}
