package io.breakwater.bootstrap.host;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The processor load since the previous reading, from the files of Linux. It covers the processors that the control
 * group of this process may use if it has a limit (version 2, as on container platforms), otherwise all processors. The
 * JDK provides the same value, but its management classes take memory that an idle server does not need. Thread-safe.
 */
final class CpuUse {
    static final double UNKNOWN = -1;

    /** In /proc/stat, after the name: user, nice, system, idle, iowait, irq, softirq, steal. */
    private static final int TIMES = 8;

    private static final int IDLE = 3;
    private static final int IO_WAIT = 4;

    private final LinuxFiles files;
    private final LongSupplier nanos;
    private @Nullable Counter before; // guarded by this
    private double last = UNKNOWN; // guarded by this

    /**
     * Starts to measure.
     *
     * @param root the root folder of the files, {@code /} on a real machine
     * @param nanos the clock, in nanoseconds
     */
    CpuUse(Path root, LongSupplier nanos) {
        this.files = new LinuxFiles(root);
        this.nanos = nanos;
        this.before = counter().orElse(null);
    }

    /** Returns a value between 0 and 1; negative when it is not available. */
    synchronized double share() {
        var now = counter().orElse(null);
        if (now == null || before == null) {
            before = now;
            return UNKNOWN;
        }
        double available = now.available() - before.available();
        if (available > 0) {
            last = Math.clamp((now.busy() - before.busy()) / available, 0, 1);
            before = now;
        }
        return last;
    }

    /** The processor time that was used and that was available so far, in the same unit. */
    private record Counter(double busy, double available) {}

    private Optional<Counter> counter() {
        var group = ofGroup();
        return group.isPresent() ? group : ofMachine();
    }

    private Optional<Counter> ofGroup() {
        var folder = files.groupFolder();
        var limit =
                files.line(folder.resolve("cpu.max"), "").map(CpuUse::numbers).orElse(new long[0]);
        var used = files.line(folder.resolve("cpu.stat"), "usage_usec")
                .map(CpuUse::numbers)
                .orElse(new long[0]);
        return limit.length == 2 && limit[1] > 0 && used.length == 1
                ? Optional.of(new Counter(used[0], nanos.getAsLong() / 1_000.0 * limit[0] / limit[1]))
                : Optional.empty();
    }

    private Optional<Counter> ofMachine() {
        var times = files.line(files.root().resolve("proc/stat"), "cpu ")
                .map(CpuUse::numbers)
                .orElse(new long[0]);
        if (times.length < TIMES) {
            return Optional.empty();
        }
        long all = LongStream.of(times).limit(TIMES).sum();
        return Optional.of(new Counter(all - times[IDLE] - times[IO_WAIT], all));
    }

    /** Parses numbers; returns none when a word is not a number, such as the {@code max} of a group without a limit. */
    private static long[] numbers(String text) {
        var words = text.split(" +");
        return Stream.of(words).allMatch(word -> word.matches("\\d{1,18}"))
                ? Stream.of(words).mapToLong(Long::parseLong).toArray()
                : new long[0];
    }
}
