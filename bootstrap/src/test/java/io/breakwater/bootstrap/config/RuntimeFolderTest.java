package io.breakwater.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeFolderTest {
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    @TempDir
    private Path folder;

    @Test
    void isTheFolderOfThisUser() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));

        assertThat(RuntimeFolder.of(folder.toString())).isEqualTo(folder);
    }

    @Test
    void isTheFolderForTemporaryFilesWithoutAPrivateOne() throws IOException {
        assertThat(RuntimeFolder.of(null)).isEqualTo(TEMPORARY);
        assertThat(RuntimeFolder.of("")).isEqualTo(TEMPORARY);
        assertThat(RuntimeFolder.of("relative")).isEqualTo(TEMPORARY);
        assertThat(RuntimeFolder.of(folder.resolve("none").toString())).isEqualTo(TEMPORARY);

        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(RuntimeFolder.of(folder.toString())).isEqualTo(TEMPORARY);
    }

    @Test
    void isNeverALinkOfAnotherPlace() throws IOException {
        var target = Files.createDirectory(folder.resolve("target"));
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwx------"));
        var link = Files.createSymbolicLink(folder.resolve("link"), target);

        assertThat(RuntimeFolder.of(link.toString())).isEqualTo(TEMPORARY);
    }
}
