package io.breakwater.core.data.service;

import io.breakwater.port.CallContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The context of work that belongs to no call: a health check, the resolution of a name, a request for a token.
 *
 * @param requestId the name of the work, in place of the id of a request
 * @param remaining the time for each operation
 */
record BackgroundContext(String requestId, Duration remaining) implements CallContext {

    @Override
    public @Nullable String traceParent() {
        return null;
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
