package io.breakwater.bootstrap.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files in which Linux tells how busy it is.
 *
 * @param root below which they are read, {@code /} on a real machine
 */
record LinuxFiles(Path root) {

    /** The first line of a file that begins so, without that beginning. */
    Optional<String> line(Path file, String beginning) {
        return lines(file).stream()
                .filter(line -> line.startsWith(beginning))
                .map(line -> line.substring(beginning.length()).strip())
                .findFirst();
    }

    /** The folder of the control group (version 2) of this process. */
    Path groupFolder() {
        var groups = root.resolve("sys/fs/cgroup");
        var own = line(root.resolve("proc/self/cgroup"), "0::/")
                .map(groups::resolve)
                .orElse(groups);
        return Files.exists(own.resolve("cpu.max")) ? own : groups;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException absent) {
            return List.of();
        }
    }
}
