package io.breakwater.bootstrap.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    @TempDir
    private Path folder;

    @Test
    void onlyItsOwnerCanReadIt() throws IOException {
        var file = KeyFile.write(folder.resolve("key"), "secret");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
        assertThat(KeyFile.read(file.path())).isEqualTo("secret");
        assertThat(folder.toFile().list()).as("no other file remains").containsExactly("key");
    }

    @Test
    void replacesAFileThatOthersCouldRead() throws IOException {
        var path = Files.writeString(folder.resolve("key"), "old");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));

        KeyFile.write(path, "new");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(KeyFile.read(path)).isEqualTo("new");
    }

    @Test
    void neverWritesThroughALink() throws IOException {
        var target = Files.writeString(folder.resolve("target"), "untouched");
        var link = Files.createSymbolicLink(folder.resolve("key"), target);

        KeyFile.write(link, "secret");

        assertThat(target).hasContent("untouched");
        assertThat(Files.isSymbolicLink(link)).isFalse();
    }

    @Test
    void isRemovedUnlessAnotherServerReplacedIt() throws IOException {
        var path = folder.resolve("key");
        var first = KeyFile.write(path, "first");
        var second = KeyFile.write(path, "second");

        first.delete();
        assertThat(path).exists();
        second.delete();
        assertThat(path).doesNotExist();
        second.delete();
    }

    @Test
    void aFolderThatDoesNotExistIsAFailure() {
        assertThatThrownBy(() -> KeyFile.write(folder.resolve("none/key"), "secret"))
                .isInstanceOf(IOException.class);
    }
}
