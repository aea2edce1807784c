package io.breakwater.bootstrap.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * How much of the memory this process may use is in use, as Linux tells it. What the kernel only keeps because nobody
 * needs the room (file caches) does not count; the JDK's own figure counts it, and would call any busy machine full.
 *
 * <p>Within a control group that has a limit (version 2, as container platforms use), it is the group's share; else the
 * machine's.
 */
final class MemoryUse {
    private final Path root;

    /** Reads below this root, {@code /} on a real machine. */
    MemoryUse(Path root) {
        this.root = root;
    }

    /** Between 0 and 1; empty where Linux does not tell. */
    OptionalDouble share() {
        var group = ofGroup();
        return group.isPresent() ? group : ofMachine();
    }

    private OptionalDouble ofGroup() {
        var folder = groupFolder();
        var most = number(folder.resolve("memory.max"));
        var used = number(folder.resolve("memory.current"));
        if (most.isEmpty() || used.isEmpty()) {
            return OptionalDouble.empty();
        }
        long reclaimable =
                field(folder.resolve("memory.stat"), "inactive_file ").orElse(0);
        return share(used.getAsLong() - reclaimable, most.getAsLong());
    }

    private Path groupFolder() {
        var groups = root.resolve("sys/fs/cgroup");
        var own = lines(root.resolve("proc/self/cgroup"))
                .filter(line -> line.startsWith("0::/"))
                .map(line -> groups.resolve(line.substring("0::/".length())))
                .findFirst()
                .orElse(groups);
        return Files.exists(own.resolve("memory.max")) ? own : groups;
    }

    private OptionalDouble ofMachine() {
        var file = root.resolve("proc/meminfo");
        var total = field(file, "MemTotal:");
        var available = field(file, "MemAvailable:");
        return total.isEmpty() || available.isEmpty()
                ? OptionalDouble.empty()
                : share(total.getAsLong() - available.getAsLong(), total.getAsLong());
    }

    private static OptionalDouble share(long used, long total) {
        return total <= 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.clamp((double) used / total, 0, 1));
    }

    /** The figure in a file of one line; empty when it says {@code max}. */
    private static OptionalLong number(Path file) {
        return field(file, "");
    }

    private static OptionalLong field(Path file, String name) {
        return lines(file)
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).replace("kB", "").strip())
                .filter(digits -> digits.matches("\\d{1,18}"))
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException absent) {
            return Stream.empty();
        }
    }
}
