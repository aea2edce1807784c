package io.breakwater.core.business.orders;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** A clock that a test moves. Thread-safe. */
final class ManualClock implements InstantSource, LongSupplier {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private volatile Instant now = START;

    void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public long getAsLong() {
        return Duration.between(START, now).toNanos();
    }
}
