package io.breakwater.adapter.http.identity;

import io.breakwater.port.CallContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The context of a request to an issuer. Its result serves all calls, so it does not end with the call that causes it.
 *
 * @param remaining the time for the request
 */
record BackgroundContext(Duration remaining) implements CallContext {
    @Override
    public String requestId() {
        return "issuer";
    }

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
