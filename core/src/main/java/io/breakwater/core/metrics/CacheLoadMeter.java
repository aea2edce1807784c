package io.breakwater.core.metrics;

import java.util.concurrent.atomic.LongAdder;

/** Measures how long loads take, for results that are not cached. Thread-safe and cheap. */
public final class CacheLoadMeter {
    private final LongAdder loads = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    CacheLoadMeter() {}

    /** Records one load that took {@code nanos} nanoseconds. */
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
