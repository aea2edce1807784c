package io.breakwater.bootstrap.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.adapter.http.ManagementKey;
import io.breakwater.bootstrap.host.FileOwnership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    private static final String SECRET = ManagementKey.random().reveal();
    private static final String OTHER = ManagementKey.random().reveal();

    @TempDir
    private Path folder;

    @Test
    void onlyItsOwnerCanReadIt() throws IOException {
        var file = KeyFile.write(folder.resolve("key"), SECRET);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
        assertThat(KeyFile.read(file.path(), true)).isEqualTo(SECRET);
        assertThat(folder.toFile().list()).as("no other file remains").containsExactly("key");
    }

    @Test
    void replacesAFileThatOthersCouldRead() throws IOException {
        var path = Files.writeString(folder.resolve("key"), "old");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));

        KeyFile.write(path, OTHER);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(KeyFile.read(path, true)).isEqualTo(OTHER);
    }

    @Test
    void neverWritesThroughALink() throws IOException {
        var target = Files.writeString(folder.resolve("target"), "untouched");
        var link = Files.createSymbolicLink(folder.resolve("key"), target);

        KeyFile.write(link, SECRET);

        assertThat(target).hasContent("untouched");
        assertThat(Files.isSymbolicLink(link)).isFalse();
    }

    /** Another user could make a link to a file that only this user can read, and receive its content as the key. */
    @Test
    void isNeverReadThroughALink() throws IOException {
        var target = KeyFile.write(folder.resolve("target"), SECRET).path();
        var link = Files.createSymbolicLink(folder.resolve("key"), target);

        assertThatThrownBy(() -> KeyFile.read(link, true)).hasMessage("it is not a key file");
        assertThatThrownBy(() -> KeyFile.read(link, false)).hasMessage("it is not a key file");
    }

    @Test
    void aFileThatOthersHaveAccessToIsNotRead() throws IOException {
        var path = KeyFile.write(folder.resolve("key"), SECRET).path();
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> KeyFile.read(path, true)).hasMessageContaining("has access to it");
    }

    @Test
    void aFileWithoutAKeyIsNotRead() throws Exception {
        for (var text : List.of("", "root-only line", SECRET + "\n" + SECRET, "x".repeat(2000))) {
            var path = Files.writeString(folder.resolve("key"), text);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            assertThatThrownBy(() -> KeyFile.read(path, true))
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching("it (is not a key file|does not contain a key)");
        }
        var pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", "-m", "600", pipe.toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThatThrownBy(() -> KeyFile.read(pipe, true)).hasMessage("it is not a key file");
    }

    /** Only root can write this file of root. */
    @Test
    void theOwnerOfAFileIsComparedWithTheUserOfThisProcess() throws IOException {
        var ofRoot = Path.of("/etc/passwd");

        assertThat(FileOwnership.isOurs(ofRoot)).isEqualTo(Files.isWritable(ofRoot));
        assertThat(FileOwnership.isOurs(folder)).isTrue();
    }

    @Test
    void isRemovedUnlessAnotherServerReplacedIt() throws IOException {
        var path = folder.resolve("key");
        var first = KeyFile.write(path, SECRET);
        var second = KeyFile.write(path, OTHER);

        first.delete();
        assertThat(path).exists();
        second.delete();
        assertThat(path).doesNotExist();
        second.delete();
    }

    @Test
    void aFolderThatDoesNotExistIsAFailure() {
        assertThatThrownBy(() -> KeyFile.write(folder.resolve("none/key"), SECRET))
                .isInstanceOf(IOException.class);
    }
}
