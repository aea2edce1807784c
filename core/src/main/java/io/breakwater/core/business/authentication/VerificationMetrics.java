package io.breakwater.core.business.authentication;

import io.breakwater.port.MetricSink;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts the verifications of tokens and proofs: signatures, and questions to an issuer. Thread-safe. */
public final class VerificationMetrics {
    private final LongAdder verifications = new LongAdder();

    /** Creates the counter. */
    public VerificationMetrics() {}

    void begin() {
        verifications.increment();
    }

    /** Returns the number of verifications. */
    public long count() {
        return verifications.sum();
    }

    /** Registers the metric. */
    public void bindTo(MetricSink sink) {
        sink.counter(
                "mcp_auth_verifications_total",
                "Verifications of tokens and proofs: signatures, and requests to an issuer.",
                Map.of(),
                verifications::sum);
    }
}
