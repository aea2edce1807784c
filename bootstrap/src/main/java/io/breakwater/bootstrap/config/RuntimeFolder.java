package io.breakwater.bootstrap.config;

import io.breakwater.bootstrap.host.FileOwnership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The folder for files that exist while a process runs. */
final class RuntimeFolder {
    private RuntimeFolder() {}

    /**
     * Returns the folder of this user, or the folder for temporary files.
     *
     * @param ofUser the value of {@code XDG_RUNTIME_DIR}, which only counts if no other user has access to this folder
     */
    static Path of(@Nullable String ofUser) {
        return ofUser != null && isUsable(ofUser)
                ? Path.of(ofUser)
                : Path.of(System.getProperty("java.io.tmpdir", "."));
    }

    private static boolean isUsable(String folder) {
        try {
            var path = Path.of(folder);
            return path.isAbsolute()
                    && Files.isDirectory(path)
                    && FileOwnership.isOurs(path)
                    && FileOwnership.isPrivate(path);
        } catch (IOException | InvalidPathException unusable) {
            return false;
        }
    }
}
