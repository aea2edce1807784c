package io.breakwater.bootstrap.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a file or a folder belongs to the user of this process alone. Links are not followed. */
public final class FileOwnership {
    private static final Path THIS_PROCESS = Path.of("/proc/self");
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private FileOwnership() {}

    /** Returns true if this user owns the file, or the file system has no owners. */
    public static boolean isOurs(Path file) throws IOException {
        var attributes = attributes(file);
        return attributes == null || attributes.owner().equals(user(file));
    }

    /** Returns true if only the owner has access, or the file system has no permissions. */
    public static boolean isPrivate(Path file) throws IOException {
        var attributes = attributes(file);
        return attributes == null || OWNER.containsAll(attributes.permissions());
    }

    private static @Nullable PosixFileAttributes attributes(Path file) throws IOException {
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        return view == null ? null : view.readAttributes();
    }

    /** Returns the user of this process, who need not have a name, for example in a container. */
    private static UserPrincipal user(Path file) throws IOException {
        return Files.exists(THIS_PROCESS)
                ? Files.getOwner(THIS_PROCESS)
                : file.getFileSystem()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByName(System.getProperty("user.name", ""));
    }
}
