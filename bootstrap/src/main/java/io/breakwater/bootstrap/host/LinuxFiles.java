package io.breakwater.bootstrap.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files in which Linux reports its load.
 *
 * @param root the root folder of the files, {@code /} on a real machine
 */
record LinuxFiles(Path root) {

    /** Returns the first line with a prefix, without the prefix. */
    Optional<String> line(Path file, String prefix) {
        return lines(file).stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .findFirst();
    }

    /** Returns the folder of the control group (version 2) of this process. */
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
