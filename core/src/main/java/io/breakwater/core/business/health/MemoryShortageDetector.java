package io.breakwater.core.business.health;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Notices when the memory of messages runs short, and when it has sufficed for a minute. Thread-safe. */
final class MemoryShortageDetector {
    static final Duration CALM = Duration.ofMinutes(1);

    private final MessageMemory memory;
    private final LongSupplier nanos;
    private long seen; // refusals until the last look
    private long before; // refusals before the present shortage
    private long latest; // when the last refusal was noticed
    private boolean isShort;

    /** It suffices so far. */
    MemoryShortageDetector(MessageMemory memory, LongSupplier nanos) {
        this.memory = memory;
        this.nanos = nanos;
    }

    /**
     * Looks at it, and returns the number of messages that were refused in the present shortage; 0 when there is none.
     */
    synchronized long check() {
        long refusals = memory.refusals();
        if (refusals > seen) {
            refused(refusals);
        } else if (isShort && nanos.getAsLong() - latest >= CALM.toNanos()) {
            isShort = false;
            memory.suffices(seen - before);
        }
        return isShort ? seen - before : 0;
    }

    private void refused(long refusals) {
        latest = nanos.getAsLong();
        if (!isShort) {
            isShort = true;
            before = seen;
            memory.ranShort(refusals - seen);
        }
        seen = refusals;
    }
}
