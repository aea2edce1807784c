package io.breakwater.bootstrap.management;

import io.breakwater.bootstrap.host.FileOwnership;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The file with the management key of a running server, which only its owner can read (mode 0600, if the file system
 * supports permissions). It appears with its whole content, and never replaces the target of a link.
 */
public final class KeyFile {
    private static final int MAX_BYTES = 1024;

    /** The form of a random management key. */
    private static final Pattern WRITTEN = Pattern.compile("[A-Za-z0-9_-]{43}");

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

    /**
     * Returns the key in a file.
     *
     * @param ownOnly whether the file must belong to the user of this process
     * @throws IOException when the file cannot be read, or a server did not write it: a key must not be the content of
     *     another file, to which a link leads
     */
    public static String read(Path path, boolean ownOnly) throws IOException {
        var attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile() || attributes.size() > MAX_BYTES) {
            throw new IOException("it is not a key file");
        }
        if (!FileOwnership.isPrivate(path) || (ownOnly && !FileOwnership.isOurs(path))) {
            throw new IOException("another user owns it or has access to it");
        }
        var key = text(path).strip();
        if (!WRITTEN.matcher(key).matches()) {
            throw new IOException("it does not contain a key");
        }
        return key;
    }

    private static String text(Path path) throws IOException {
        try (var channel = Files.newByteChannel(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            var bytes = Channels.newInputStream(channel).readNBytes(MAX_BYTES);
            return new String(bytes, StandardCharsets.UTF_8);
        }
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
            if (read(path, true).equals(key)) {
                Files.delete(path);
            }
        } catch (NoSuchFileException removed) {
            // the operator has removed it
        }
    }
}
