package io.breakwater.core.business.processing;

import io.breakwater.port.CallContext;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A call that has a minute, until it is cancelled. */
public final class TestScope implements CallContext {
    private final AtomicBoolean cancelled = new AtomicBoolean();

    /** A call that is wanted. */
    public TestScope() {}

    /** Nobody wants it any more. */
    public void cancel() {
        cancelled.set(true);
    }

    @Override
    public String requestId() {
        return "test";
    }

    @Override
    public @Nullable String traceParent() {
        return null;
    }

    @Override
    public Duration remaining() {
        return Duration.ofMinutes(1);
    }

    @Override
    public boolean cancelled() {
        return cancelled.get();
    }

    @Override
    public void onCancel(Runnable action) {}
}
