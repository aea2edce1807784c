package io.breakwater.bootstrap.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aNewFileIsReadableByItsOwnerOnly() throws IOException {
        var file = folder.resolve("file");
        new AtomicFile(file).write("text".getBytes(UTF_8));

        assertThat(file).hasContent("text");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aReplacedFileKeepsItsMode() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "before");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        new AtomicFile(file).write("after".getBytes(UTF_8));

        assertThat(file).hasContent("after");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void aProcessThatEndsBeforeTheMoveLosesNothing() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "before");
        var crashing = new AtomicFile(file, (from, to) -> {
            throw new IOException("crash");
        });

        assertThatThrownBy(() -> crashing.write("after".getBytes(UTF_8))).hasMessage("crash");
        assertThat(file).hasContent("before");
        assertThat(folder.resolve("file.tmp")).hasContent("after");

        new AtomicFile(file).write("later".getBytes(UTF_8));
        assertThat(file).hasContent("later");
        assertThat(folder.resolve("file.tmp")).doesNotExist();
    }

    @Test
    void aLinkStaysALink() throws IOException {
        var target = Files.writeString(folder.resolve("target"), "before");
        var link = Files.createSymbolicLink(folder.resolve("link"), target);
        new AtomicFile(AtomicFile.resolve(link)).write("after".getBytes(UTF_8));

        assertThat(link).isSymbolicLink().hasContent("after");
        assertThat(target).hasContent("after");
    }
}
