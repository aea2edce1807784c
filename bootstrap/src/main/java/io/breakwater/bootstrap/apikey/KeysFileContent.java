package io.breakwater.bootstrap.apikey;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Reads the bytes and the permissions of an API keys file. */
final class KeysFileContent {
    private static final int MAX_BYTES = 16 << 20;
    private static final Set<PosixFilePermission> OWNER =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private KeysFileContent() {}

    /** Returns the bytes; empty if there is no such file. */
    static Optional<byte[]> read(Path file) throws IOException {
        try {
            refuseOtherThanFile(file);
            return Optional.of(bytes(file));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        }
    }

    /** Refuses what is not a regular file before it is opened: opening a pipe waits for its writer. */
    private static void refuseOtherThanFile(Path file) throws IOException {
        if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
            throw new InvalidKeysFileException("it is a folder, a pipe or a device, and not a regular file");
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new InvalidKeysFileException("the file is larger than 16 MiB");
            }
            return bytes;
        }
    }

    /** Returns why the file cannot be read or written, and who may do it if this process may not. */
    static String reason(IOException failure, Path file) {
        return failure instanceof AccessDeniedException
                ? "the user " + System.getProperty("user.name", "of this process") + " has no access" + owner(file)
                        + "; run 'breakwater key' as the user of the server, or change the owner of the file"
                : failure.toString();
    }

    private static String owner(Path file) {
        try {
            var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            var attributes = view == null ? null : view.readAttributes();
            return attributes == null
                    ? ""
                    : " (the owner is " + attributes.owner().getName() + ", the mode "
                            + PosixFilePermissions.toString(attributes.permissions()) + ")";
        } catch (IOException unreachable) {
            return "";
        }
    }

    /** Refuses a file that every user of the machine can write. */
    static void refuseWritableByAll(Path file) throws IOException {
        if (permissions(file).contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new InvalidKeysFileException("every user of this machine can write the file; run: chmod 600 " + file);
        }
    }

    /** Returns a warning if others than the owner have access. */
    static Optional<String> warning(Path file) throws IOException {
        var permissions = permissions(file);
        return OWNER.containsAll(permissions)
                ? Optional.empty()
                : Optional.of("Other users of this machine have access to the API keys file " + file + " (mode "
                        + PosixFilePermissions.toString(permissions) + "). If they need none, run: chmod 600 " + file);
    }

    /** Returns no permissions for a file system that has none. */
    private static Set<PosixFilePermission> permissions(Path file) throws IOException {
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return view == null
                ? EnumSet.noneOf(PosixFilePermission.class)
                : view.readAttributes().permissions();
    }
}
