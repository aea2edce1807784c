package io.breakwater.bootstrap.lifecycle;

/** The signals that ask a process to end. */
public enum StopSignal {
    /** The terminal is gone. */
    HUP(1),
    /** Ctrl-C. */
    INT(2),
    /** What orchestrators send. */
    TERM(15);

    private final int number;

    StopSignal(int number) {
        this.number = number;
    }

    /** What a shell reports of a process that the signal ended at once. */
    public int exitCode() {
        return 128 + number;
    }
}
