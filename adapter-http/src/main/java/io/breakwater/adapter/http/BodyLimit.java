package io.breakwater.adapter.http;

import io.breakwater.port.driving.MemoryBudget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lowers the limit for bodies to the memory that one caller may hold. */
final class BodyLimit {
    private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);

    /**
     * The lightest message, one long string of ASCII characters, occupies its bytes, and twice as many while it is
     * parsed.
     */
    private static final int MIN_WEIGHT_PER_BYTE = 3;

    private BodyLimit() {}

    /** Returns the settings unchanged, or with a lower limit for bodies, which is then logged. */
    static HttpSettings lower(HttpSettings settings, MemoryBudget memory) {
        var limits = settings.limits();
        long maximum = Math.max(1, memory.share() / MIN_WEIGHT_PER_BYTE);
        if (limits.bodyBytes() <= maximum) {
            return settings;
        }
        LOG.warn(
                "Lowered http.limits.body-bytes to {} from {}: one caller may hold {} bytes of memory."
                        + " Raise the heap, limits.memory or limits.memory-share to accept larger bodies.",
                maximum,
                limits.bodyBytes(),
                memory.share());
        return settings.withLimits(limits.withBodyBytes((int) maximum));
    }
}
