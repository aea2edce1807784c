package io.breakwater.adapter.stdio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Checks whether this process was started with its standard input closed. File descriptor 0 then belongs to the first
 * file that the JVM opened, one of its own, which must not be read as messages. The check works on Linux only.
 */
final class ClosedInputCheck {
    private static final Path STANDARD_INPUT = Path.of("/proc/self/fd/0");

    private ClosedInputCheck() {}

    static boolean isGiven() {
        try {
            var home = Path.of(System.getProperty("java.home")).toRealPath();
            return Files.readSymbolicLink(STANDARD_INPUT).startsWith(home);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
