package io.breakwater.bootstrap.console;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What one of the standard streams is connected to.
 *
 * @param interactive true when a person looks at it
 * @param coloured true when colour sequences are welcome there
 */
public record Terminal(boolean interactive, boolean coloured) {
    /** A file, a pipe, another program. */
    public static final Terminal NONE = new Terminal(false, false);

    /** The standard output of this process. */
    public static Terminal ofStandardOutput(Map<String, String> environment) {
        return of(1, environment);
    }

    /** The standard error of this process. */
    public static Terminal ofStandardError(Map<String, String> environment) {
        return of(2, environment);
    }

    private static Terminal of(int descriptor, Map<String, String> environment) {
        boolean interactive = interactive(descriptor);
        return new Terminal(interactive, coloured(interactive, environment));
    }

    /** By the conventions of no-color.org and bixense.com/clicolors. */
    static boolean coloured(boolean interactive, Map<String, String> environment) {
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return false;
        }
        var forced = environment.getOrDefault("CLICOLOR_FORCE", "0");
        return !forced.equals("0")
                || (interactive && !environment.getOrDefault("TERM", "").equals("dumb"));
    }

    /** Java cannot ask about one stream alone. Linux tells by the name; elsewhere the whole console has to be one. */
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

    /** The method is newer than our source level; a runtime without it has no console where there is no terminal. */
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
