package io.breakwater.bootstrap.management;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * The file with the management key of a running server, which only its owner can read (mode 0600, if the file system
 * supports permissions). It appears with its whole content, and never replaces the target of a link.
 */
public final class KeyFile {
    private final Path path;
    private final String key;

    private KeyFile(Path path, String key) {
        this.path = path;
        this.key = key;
    }

    /** Writes the key; replaces the file of a server that was not stopped properly. */
    static KeyFile write(Path path, String key) throws IOException {
        var file = new KeyFile(path.toAbsolutePath(), key);
        file.write();
        return file;
    }

    /** Returns the key in a file. */
    public static String read(Path path) throws IOException {
        return Files.readString(path).strip();
    }

    Path path() {
        return path;
    }

    private void write() throws IOException {
        var folder = Objects.requireNonNullElse(path.getParent(), path);
        var fresh = Files.createTempFile(folder, ".breakwater", ".key", ownerOnly(folder));
        try {
            Files.writeString(fresh, key + "\n");
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) throws IOException {
        boolean restricted = Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class);
        return restricted
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Removes the file, unless another server has replaced it. */
    void delete() throws IOException {
        try {
            if (read(path).equals(key)) {
                Files.delete(path);
            }
        } catch (NoSuchFileException removed) {
            // the operator has removed it
        }
    }
}
