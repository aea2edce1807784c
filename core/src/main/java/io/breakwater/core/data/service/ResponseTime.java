package io.breakwater.core.data.service;

import java.time.Duration;

/** The smoothed time of the responses of a service. Concurrent updates may lose one value. */
final class ResponseTime {
    private static final int WEIGHT = 8;

    private volatile long nanos;

    void record(long latest) {
        long before = nanos;
        nanos = before == 0 ? latest : before + (latest - before) / WEIGHT;
    }

    /** Returns how long a response takes; zero while none is known. */
    Duration expected() {
        return Duration.ofNanos(nanos);
    }
}
