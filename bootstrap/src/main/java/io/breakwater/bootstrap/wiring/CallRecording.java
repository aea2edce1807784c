package io.breakwater.bootstrap.wiring;

/** Whether a process records calls in the configured audit log. */
public enum CallRecording {
    /** Calls are recorded if an audit log is configured. */
    CONFIGURED,
    /** The process makes no calls, and leaves the log to a server that may be writing it. */
    OFF
}
