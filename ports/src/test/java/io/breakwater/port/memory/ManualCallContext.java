package io.breakwater.port.memory;

import io.breakwater.port.CallContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call that has the time a test gives it, and ends when the test says so. Thread-safe. */
public final class ManualCallContext implements CallContext {
    private final List<Runnable> actions = new ArrayList<>();
    private final Duration remaining;
    private boolean cancelled;

    private ManualCallContext(Duration remaining) {
        this.remaining = remaining;
    }

    /** A call with a minute, which never becomes less. */
    public static ManualCallContext unhurried() {
        return within(Duration.ofMinutes(10));
    }

    /** A call with that much time, which never becomes less. */
    public static ManualCallContext within(Duration time) {
        return new ManualCallContext(time);
    }

    /** Nobody waits any more. */
    public void cancel() {
        List<Runnable> told;
        synchronized (this) {
            cancelled = true;
            told = List.copyOf(actions);
            actions.clear();
        }
        told.forEach(Runnable::run);
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
        return remaining;
    }

    @Override
    public synchronized boolean cancelled() {
        return cancelled;
    }

    @Override
    public void onCancel(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }
}
