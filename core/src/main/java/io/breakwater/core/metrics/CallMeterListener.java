package io.breakwater.core.metrics;

import io.breakwater.server.interceptor.CallStatus;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/** Publishes the meters of calls when they are used. */
@FunctionalInterface
interface CallMeterListener {

    /** Called at the first call with a status, and possibly again. */
    void onFirst(CallMeter meter, CallStatus status);

    /** Returns the histogram for the durations of the calls; null if no registry publishes it. */
    default @Nullable Timer timer(CallKey key) {
        return null;
    }
}
