package io.breakwater.core.metrics;

import java.util.concurrent.atomic.LongAdder;

/** Times how long results take that the cache did not have. Thread-safe and cheap. */
public final class LoadMeter {
    private final LongAdder loads = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    LoadMeter() {}

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
