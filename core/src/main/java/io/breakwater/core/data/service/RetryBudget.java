package io.breakwater.core.data.service;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Limits the repeated requests of a service to a part of its requests, so that repetitions do not multiply the load of a
 * service that fails. Each call adds its part to the balance, and each repetition takes a whole one. The balance begins
 * with 10 repetitions, and is at most 100. Thread-safe.
 */
final class RetryBudget {
    private static final int WHOLE = 100;
    private static final int INITIAL = 10;
    private static final int MAXIMUM = 100;

    private final int percent;
    private final AtomicInteger balance;
    private final LongAdder refused = new LongAdder();

    RetryBudget(int percent) {
        this.percent = percent;
        this.balance = new AtomicInteger(percent == 0 ? 0 : INITIAL * WHOLE);
    }

    /** Counts a call. */
    void deposit() {
        if (balance.get() < MAXIMUM * WHOLE) {
            balance.addAndGet(percent);
        }
    }

    /** Takes one repetition, if the balance has one. */
    boolean withdraw() {
        int before = balance.getAndUpdate(present -> present >= WHOLE ? present - WHOLE : present);
        if (before < WHOLE) {
            refused.increment();
        }
        return before >= WHOLE;
    }

    /** Returns how often the balance had no repetition. */
    long refused() {
        return refused.sum();
    }
}
