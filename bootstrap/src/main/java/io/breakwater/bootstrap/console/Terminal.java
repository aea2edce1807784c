package io.breakwater.bootstrap.console;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The terminal, if any, of a standard stream.
 *
 * @param interactive whether the stream is connected to a terminal
 * @param coloured whether to print colour sequences
 */
public record Terminal(boolean interactive, boolean coloured) {
    /** No terminal: a file, a pipe or another program. */
    public static final Terminal NONE = new Terminal(false, false);

    /** Returns the terminal of this process's standard output. */
    public static Terminal ofStandardOutput(Map<String, String> environment) {
        return of(1, environment);
    }

    /** Returns the terminal of this process's standard error. */
    public static Terminal ofStandardError(Map<String, String> environment) {
        return of(2, environment);
    }

    private static Terminal of(int descriptor, Map<String, String> environment) {
        boolean interactive = interactive(descriptor);
        return new Terminal(interactive, coloured(interactive, environment));
    }

    /** Follows the conventions of no-color.org and bixense.com/clicolors. */
    static boolean coloured(boolean interactive, Map<String, String> environment) {
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return false;
        }
        var forced = environment.getOrDefault("CLICOLOR_FORCE", "0");
        return !forced.equals("0")
                || (interactive && !environment.getOrDefault("TERM", "").equals("dumb"));
    }

    /**
     * Java cannot check a single stream. On Linux, the name of its file tells; elsewhere the whole console must be a
     * terminal.
     */
    private static boolean interactive(int descriptor) {
        var descriptors = Path.of("/proc/self/fd");
        if (!Files.exists(descriptors)) {
            return consoleIsTerminal();
        }
        try {
            var target = Files.readSymbolicLink(descriptors.resolve(Integer.toString(descriptor)))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException closed) {
            return false;
        }
    }

    /**
     * Calls {@code Console.isTerminal}, which is newer than the source level; a runtime without it has a console only
     * on a terminal.
     */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean consoleIsTerminal() {
        var console = System.console();
        try {
            return console != null
                    && Console.class.getMethod("isTerminal").invoke(console) instanceof Boolean answer
                    && answer;
        } catch (ReflectiveOperationException older) {
            return true;
        }
    }
}
