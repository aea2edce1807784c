package io.breakwater.core.business.health;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Detects when messages are refused for lack of memory, and when none has been refused for a minute. Thread-safe. */
final class MemoryShortageDetector {
    static final Duration QUIET_PERIOD = Duration.ofMinutes(1);

    private final MessageMemory memory;
    private final LongSupplier nanos;
    private long seen; // refusals at the last check
    private long before; // refusals before the current shortage
    private long latest; // when the last refusal was noticed
    private boolean inShortage;

    /** Creates a detector without a shortage. */
    MemoryShortageDetector(MessageMemory memory, LongSupplier nanos) {
        this.memory = memory;
        this.nanos = nanos;
    }

    /** Adds the current shortage to the findings, if there is one. */
    HealthEvaluator addTo(HealthEvaluator evaluator) {
        return evaluator.addShortage(memory, check());
    }

    /** Checks the refusals; returns the number of messages refused in the current shortage, or 0 if there is none. */
    synchronized long check() {
        long refusals = memory.refusals();
        if (refusals > seen) {
            onRefusals(refusals);
        } else if (inShortage && nanos.getAsLong() - latest >= QUIET_PERIOD.toNanos()) {
            inShortage = false;
            memory.onRecovery(seen - before);
        }
        return inShortage ? seen - before : 0;
    }

    private void onRefusals(long refusals) {
        latest = nanos.getAsLong();
        if (!inShortage) {
            inShortage = true;
            before = seen;
            memory.onShortage(refusals - seen);
        }
        seen = refusals;
    }
}
