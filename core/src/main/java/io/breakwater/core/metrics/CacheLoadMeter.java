package io.breakwater.core.metrics;

import java.util.concurrent.atomic.LongAdder;

/** Times how long results take that the cache did not have. Thread-safe and cheap. */
public final class CacheLoadMeter {
    private final LongAdder loads = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    CacheLoadMeter() {}

    /** A result was made in so many nanoseconds. */
    public void record(long nanos) {
        loads.increment();
        this.nanos.add(nanos);
    }

    long loads() {
        return loads.sum();
    }

    long nanos() {
        return nanos.sum();
    }
}
