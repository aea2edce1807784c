package io.breakwater.core.data.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** A clock that is moved by hand. */
final class HandClock implements InstantSource, LongSupplier {
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Nanoseconds since some moment, negative at first, as they may well be. */
    @Override
    public long getAsLong() {
        return Duration.between(Instant.parse("2026-01-02T00:00:00Z"), now).toNanos();
    }
}
