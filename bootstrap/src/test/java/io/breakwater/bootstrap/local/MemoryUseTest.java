package io.breakwater.bootstrap.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryUseTest {
    private static final String MACHINE = "MemTotal:       1000 kB\nMemFree:  10 kB\nMemAvailable:    750 kB\n";

    @TempDir
    Path root;

    private void file(String path, String text) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void isTheShareOfTheMachineThatCannotBeHadBack() throws IOException {
        file("proc/meminfo", MACHINE);

        assertThat(new MemoryUse(root).share()).hasValue(0.25);
    }

    @Test
    void isTheShareOfTheLimitWhereThereIsOne() throws IOException {
        file("proc/meminfo", MACHINE);
        file("sys/fs/cgroup/memory.max", "1000\n");
        file("sys/fs/cgroup/memory.current", "900\n");
        file("sys/fs/cgroup/memory.stat", "anon 300\ninactive_file 400\n");

        assertThat(new MemoryUse(root).share()).hasValue(0.5);
    }

    @Test
    void findsTheGroupTheProcessIsIn() throws IOException {
        file("proc/self/cgroup", "0::/system.slice/breakwater.service\n");
        file("sys/fs/cgroup/system.slice/breakwater.service/memory.max", "1000\n");
        file("sys/fs/cgroup/system.slice/breakwater.service/memory.current", "100\n");

        assertThat(new MemoryUse(root).share()).hasValue(0.1);
    }

    @Test
    void aGroupWithoutALimitDoesNotCount() throws IOException {
        file("proc/meminfo", MACHINE);
        file("sys/fs/cgroup/memory.max", "max\n");
        file("sys/fs/cgroup/memory.current", "900\n");

        assertThat(new MemoryUse(root).share()).hasValue(0.25);
    }

    @Test
    void isUnknownWhereLinuxDoesNotTell() {
        assertThat(new MemoryUse(root).share()).isEmpty();
    }
}
