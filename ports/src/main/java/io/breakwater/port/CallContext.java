package io.breakwater.port;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The context that a call passes to drivers: deadline, cancellation and the ids for logs. Thread-safe. */
public interface CallContext {

    /**
     * Returns a context for work that belongs to no call. It ends after this time, and is not cancelled before.
     *
     * @param id the id of the work in log lines
     */
    static CallContext background(String id, Duration time) {
        return background(id, time, System::nanoTime);
    }

    /**
     * Returns a context for work that belongs to no call, with another clock than that of the system.
     *
     * @param nanos the clock, in nanoseconds
     */
    static CallContext background(String id, Duration time, LongSupplier nanos) {
        return new BackgroundContext(id, nanos.getAsLong() + time.toNanos(), nanos);
    }

    /** The id of the call in log lines and errors; never empty. */
    String requestId();

    /** The W3C {@code traceparent} of the request, or null. */
    @Nullable
    String traceParent();

    /** The time until the deadline; zero when it has passed. */
    Duration remaining();

    /**
     * True when the outcome is not needed any more: the caller cancelled or disconnected, or the deadline has passed.
     */
    boolean cancelled();

    /**
     * Runs the action when the call is cancelled, immediately if it already is. The action must be quick; it runs on
     * the thread that cancels.
     */
    void onCancel(Runnable action);

    /**
     * Reserves memory for data of the call, for example a result that grows, until no thread works for the call any
     * more. Memory without a reservation does not count in the server's memory budget ({@code MemoryLimits}) and can
     * exhaust the heap, so reserve it before allocating more than a few kilobytes.
     *
     * @param bytes the number of additional bytes
     */
    default Reservation reserve(long bytes) {
        return Reservation.RESERVED;
    }

    /**
     * Returns the write of this call that has its effect at most once, or null if the caller sent no idempotency key. A
     * store that {@linkplain io.breakwater.port.driven.UserStore#recordsIdempotencyKeys records keys} records it in the
     * transaction of the write.
     */
    default @Nullable IdempotentWrite idempotentWrite() {
        return null;
    }

    /**
     * Returns the access token with which the caller authenticated, to exchange it for a token for another service (RFC
     * 8693); null if the caller has none. It must be sent to the token endpoint of an authorization server only.
     */
    default @Nullable CallerToken callerToken() {
        return null;
    }

    /**
     * Opens a span below the call's span. Close it when the part of the call that it covers has ended; the end of the
     * call ends it otherwise. Returns {@link Span#NONE}, without allocating anything, if the call is not traced or has
     * ended.
     *
     * @param name a name with few different values, such as the operation of a database, and not its arguments
     */
    default Span span(String name) {
        return Span.NONE;
    }

    /**
     * Returns a context with the ids of this call, for work that the call must complete even if it has ended, such as the
     * record of its outcome. It is never cancelled, has no idempotent write, and reserves no memory.
     *
     * @param time the time for each operation
     */
    default CallContext detached(Duration time) {
        return new DetachedContext(this, time);
    }

    /** The result of a reservation. */
    enum Reservation {
        /** The memory is reserved. */
        RESERVED,
        /**
         * The memory is not available at present. The call should fail with
         * {@link PortException.RefusedException.Reason#OVERLOADED}.
         */
        NONE_NOW,
        /** The call would exceed the memory that one caller may hold. The call should use less. */
        NEVER
    }
}
