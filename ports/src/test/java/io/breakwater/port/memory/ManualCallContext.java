package io.breakwater.port.memory;

import io.breakwater.port.CallContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call context whose time and memory a test sets, and which the test cancels. Thread-safe. */
public final class ManualCallContext implements CallContext {
    private static final Duration UNHURRIED = Duration.ofMinutes(10);

    private final List<Runnable> actions = new ArrayList<>();
    private final Duration remaining;
    private final long memory;
    private final Reservation refusal;
    private boolean cancelled;
    private long reserved;

    private ManualCallContext(Duration remaining, long memory, Reservation refusal) {
        this.remaining = remaining;
        this.memory = memory;
        this.refusal = refusal;
    }

    /** A call with ten minutes, which never become less, and with all the memory it reserves. */
    public static ManualCallContext unhurried() {
        return within(UNHURRIED);
    }

    /** A call with this time, which never becomes less, and with all the memory it reserves. */
    public static ManualCallContext within(Duration time) {
        return new ManualCallContext(time, Long.MAX_VALUE, Reservation.NEVER);
    }

    /** An unhurried call that can reserve this number of bytes; a reservation of more has the given result. */
    public static ManualCallContext withMemory(long bytes, Reservation refusal) {
        return new ManualCallContext(UNHURRIED, bytes, refusal);
    }

    /** Cancels the call and runs the actions that wait for it. */
    public void cancel() {
        List<Runnable> waiting;
        synchronized (this) {
            cancelled = true;
            waiting = List.copyOf(actions);
            actions.clear();
        }
        waiting.forEach(Runnable::run);
    }

    /** The number of bytes reserved so far. */
    public synchronized long reserved() {
        return reserved;
    }

    @Override
    public synchronized Reservation reserve(long bytes) {
        if (bytes > memory - reserved) {
            return refusal;
        }
        reserved += bytes;
        return Reservation.RESERVED;
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
