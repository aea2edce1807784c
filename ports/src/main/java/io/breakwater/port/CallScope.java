package io.breakwater.port;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What every driver call is handed down from the call it works for: until when, whether still wanted, and under which
 * names to report. Thread-safe.
 */
public interface CallScope {

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
}
