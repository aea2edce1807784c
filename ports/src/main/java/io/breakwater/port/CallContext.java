package io.breakwater.port;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What every driver call is handed down from the call it works for: until when, whether still wanted, and under which
 * names to report. Thread-safe.
 */
public interface CallContext {

    /** Under this id the call's log lines and errors are found; never empty. */
    String requestId();

    /** The W3C {@code traceparent} the call arrived with, or null. */
    @Nullable
    String traceParent();

    /** What is left until the deadline; zero when it has passed. */
    Duration remaining();

    /** True once nobody waits for the outcome any more: cancelled by the caller, disconnected, or past the deadline. */
    boolean cancelled();

    /**
     * Runs the action when the call is cancelled, at once if it already is. The action must be quick; it runs on the
     * thread that cancels.
     */
    void onCancel(Runnable action);

    /**
     * Reserves memory for what the call is about to hold, a result in the making for instance, until no thread works
     * for the call any more. What is not reserved is held beyond {@code limits.memory} and may end the process, so ask
     * before allocating more than a few kilobytes.
     *
     * @param bytes how many more
     */
    default Room reserve(long bytes) {
        return Room.RESERVED;
    }

    /** Whether there is room for what a call is about to hold. */
    enum Room {
        /** It is reserved. */
        RESERVED,
        /** Not at present. The call should fail as {@link PortException.RefusedException.Reason#OVERLOADED}. */
        NONE_NOW,
        /**
         * Together with what the call holds already, it is more than one caller may hold. The call should hold less.
         */
        NEVER
    }
}
