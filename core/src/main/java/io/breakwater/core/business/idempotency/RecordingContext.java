package io.breakwater.core.business.idempotency;

import io.breakwater.port.CallContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The context in which a call records its outcome, even if it was cancelled.
 *
 * @param call the call, whose ids appear in logs
 */
record RecordingContext(CallContext call) implements CallContext {
    private static final Duration TIME = Duration.ofSeconds(5);

    @Override
    public String requestId() {
        return call.requestId();
    }

    @Override
    public @Nullable String traceParent() {
        return call.traceParent();
    }

    @Override
    public Duration remaining() {
        return TIME;
    }

    @Override
    public boolean cancelled() {
        return false;
    }

    @Override
    public void onCancel(Runnable action) {
        // It is never cancelled.
    }
}
