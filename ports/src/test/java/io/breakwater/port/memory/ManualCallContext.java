package io.breakwater.port.memory;

import io.breakwater.port.CallContext;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.IdempotentWrite;
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
    private final @Nullable IdempotentWrite write;
    private boolean cancelled;
    private long reserved;

    private ManualCallContext(Duration remaining, long memory, Reservation refusal, @Nullable IdempotentWrite write) {
        this.remaining = remaining;
        this.memory = memory;
        this.refusal = refusal;
        this.write = write;
    }

    /** A call with ten minutes, which never become less, and with all the memory it reserves. */
    public static ManualCallContext unhurried() {
        return within(UNHURRIED);
    }

    /** A call with this time, which never becomes less, and with all the memory it reserves. */
    public static ManualCallContext within(Duration time) {
        return new ManualCallContext(time, Long.MAX_VALUE, Reservation.NEVER, null);
    }

    /** An unhurried call that can reserve this number of bytes; a reservation of more has the given result. */
    public static ManualCallContext withMemory(long bytes, Reservation refusal) {
        return new ManualCallContext(UNHURRIED, bytes, refusal, null);
    }

    /** An unhurried call whose write is recorded under this key. */
    public static ManualCallContext writing(IdempotencyKey key) {
        return unhurried(new IdempotentWrite(key));
    }

    /** An unhurried call that may only repeat the write that is recorded under this key. */
    public static ManualCallContext replaying(IdempotencyKey key) {
        return unhurried(IdempotentWrite.replayOf(key));
    }

    private static ManualCallContext unhurried(IdempotentWrite write) {
        return new ManualCallContext(UNHURRIED, Long.MAX_VALUE, Reservation.NEVER, write);
    }

    @Override
    public @Nullable IdempotentWrite idempotentWrite() {
        return write;
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
