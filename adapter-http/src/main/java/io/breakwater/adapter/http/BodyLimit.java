package io.breakwater.adapter.http;

import io.breakwater.port.SettingNames;
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
    static HttpSettings lower(HttpSettings settings, MemoryBudget memory, SettingNames names) {
        var limits = settings.limits();
        long maximum = Math.max(1, memory.share() / MIN_WEIGHT_PER_BYTE);
        if (limits.bodyBytes() <= maximum) {
            return settings;
        }
        LOG.warn(
                "Lowered {} to {} from {}: one caller may hold {} bytes of memory. Raise the heap, {} or {} to accept"
                        + " larger bodies.",
                names.nameOf("HttpSettings.Limits.bodyBytes"),
                maximum,
                limits.bodyBytes(),
                memory.share(),
                names.nameOf("MemoryLimits.bytes"),
                names.nameOf("MemoryLimits.share"));
        return settings.withLimits(limits.withBodyBytes((int) maximum));
    }
}
