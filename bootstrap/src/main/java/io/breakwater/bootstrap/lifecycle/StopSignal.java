package io.breakwater.bootstrap.lifecycle;

/** The signals that ask a process to end. */
public enum StopSignal {
    /** The terminal was closed. */
    HUP(1),
    /** Ctrl-C. */
    INT(2),
    /** The signal that orchestrators send. */
    TERM(15);

    private final int number;

    StopSignal(int number) {
        this.number = number;
    }

    /** Returns the exit code that a shell reports for a process that the signal ended. */
    public int exitCode() {
        return 128 + number;
    }
}
