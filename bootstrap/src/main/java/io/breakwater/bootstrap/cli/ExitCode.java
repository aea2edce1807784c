package io.breakwater.bootstrap.cli;

/** The exit codes of the process; scripts may rely on them. */
final class ExitCode {
    /** The command succeeded. */
    static final int OK = 0;
    /** The command failed. */
    static final int FAILURE = 1;
    /** The command line or the configuration is wrong. */
    static final int USAGE = 2;
    /** The server or the store cannot be reached. */
    static final int UNREACHABLE = 3;
    /** The tool returned an error. */
    static final int TOOL_ERROR = 5;

    private ExitCode() {}
}
