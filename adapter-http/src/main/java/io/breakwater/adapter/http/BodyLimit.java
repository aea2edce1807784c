package io.breakwater.adapter.http;

import io.breakwater.port.driving.MemoryBudget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the limit of a body fit the memory that one caller may hold. */
final class BodyLimit {
    private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);

    /** A message that is one long text of ASCII characters occupies its bytes, and twice as many while it is parsed. */
    private static final int LIGHTEST_MESSAGE = 3;

    private BodyLimit() {}

    /** The settings as they are, or with a smaller limit for bodies, which is then logged. */
    static HttpSettings lower(HttpSettings settings, MemoryBudget memory) {
        var limits = settings.limits();
        long most = Math.max(1, memory.share() / LIGHTEST_MESSAGE);
        if (limits.bodyBytes() <= most) {
            return settings;
        }
        LOG.warn(
                "Bodies may have {} bytes instead of {} (http.limits.body-bytes): one caller may hold {} bytes of memory."
                        + " Raise the heap, limits.memory or limits.memory-share to accept larger ones.",
                most,
                limits.bodyBytes(),
                memory.share());
        return settings.withLimits(limits.withBodyBytes((int) most));
    }
}
