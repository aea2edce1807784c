package io.breakwater.bootstrap.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes a file that only its owner can read, if the file system supports permissions (mode 0600). */
final class PrivateFile {
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

    private PrivateFile() {}

    /**
     * Writes the text.
     *
     * @param replace whether to replace an existing file, which then gets the same permissions
     * @throws FileAlreadyExistsException when the file exists and {@code replace} is false
     */
    static void write(Path file, String text, boolean replace) throws IOException {
        boolean restricted = Files.getFileStore(folderOf(file)).supportsFileAttributeView(PosixFileAttributeView.class);
        if (restricted && replace && Files.exists(file)) {
            Files.setPosixFilePermissions(file, OWNER);
        }
        try (var channel = Files.newByteChannel(file, openOptions(replace), attributes(restricted))) {
            var bytes = UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    private static Path folderOf(Path file) {
        var folder = file.toAbsolutePath().getParent();
        return folder == null ? file : folder;
    }

    private static Set<OpenOption> openOptions(boolean replace) {
        return replace
                ? Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)
                : Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private static FileAttribute<?>[] attributes(boolean restricted) {
        return restricted
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
                : new FileAttribute<?>[0];
    }
}
