package io.breakwater.bootstrap.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuUseTest {
    @TempDir
    Path root;

    private long now = 12_345;

    private void file(String path, String text) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private CpuUse use() {
        return new CpuUse(root, () -> now);
    }

    @Test
    void isTheBusyShareSinceTheReadingBefore() throws IOException {
        file("proc/stat", "cpu  100 0 100 700 100 0 0 0 50 0\ncpu0 1 2 3 4 5 6 7 8\n");
        var use = use();
        file("proc/stat", "cpu  120 0 130 730 110 0 10 0 50 0\n");
        assertThat(use.share()).isEqualTo(0.6);

        file("proc/stat", "cpu  120 0 130 830 110 0 10 0 50 0\n");
        assertThat(use.share()).isZero();
    }

    @Test
    void isWhatItWasWhileNoTimeHasPassed() throws IOException {
        file("proc/stat", "cpu  0 0 0 0 0 0 0 0\n");
        var use = use();
        file("proc/stat", "cpu  50 0 0 50 0 0 0 0\n");

        assertThat(use.share()).isEqualTo(0.5);
        assertThat(use.share()).isEqualTo(0.5);
    }

    @Test
    void isTheShareOfTheLimitWhereTheGroupHasOne() throws IOException {
        file("proc/self/cgroup", "0::/pods/one\n");
        file("proc/stat", "cpu  0 0 0 0 0 0 0 0\n");
        file("sys/fs/cgroup/pods/one/cpu.max", "50000 100000\n");
        file("sys/fs/cgroup/pods/one/cpu.stat", "usage_usec 1000000\nuser_usec 7\n");
        var use = use();
        now += Duration.ofSeconds(10).toNanos();
        file("sys/fs/cgroup/pods/one/cpu.stat", "usage_usec 5000000\nuser_usec 7\n");

        assertThat(use.share()).isEqualTo(0.8);
    }

    @Test
    void isThatOfTheMachineWhereTheGroupHasNoLimit() throws IOException {
        file("sys/fs/cgroup/cpu.max", "max 100000\n");
        file("sys/fs/cgroup/cpu.stat", "usage_usec 1000000\n");
        file("proc/stat", "cpu  0 0 0 0 0 0 0 0\n");
        var use = use();
        file("proc/stat", "cpu  25 0 0 75 0 0 0 0\n");

        assertThat(use.share()).isEqualTo(0.25);
    }

    @Test
    void isUnknownWhereLinuxDoesNotTell() {
        assertThat(use().share()).isNegative();
    }
}
