package io.breakwater.bootstrap.cli;

/** What the process says at its end; scripts may rely on the numbers. */
final class ExitCode {
    /** Done. */
    static final int OK = 0;
    /** It did not work. */
    static final int FAILURE = 1;
    /** The command line or the configuration is wrong. */
    static final int USAGE = 2;
    /** The server cannot be reached. */
    static final int UNREACHABLE = 3;
    /** The tool answered with an error. */
    static final int TOOL_ERROR = 5;

    private ExitCode() {}
}
