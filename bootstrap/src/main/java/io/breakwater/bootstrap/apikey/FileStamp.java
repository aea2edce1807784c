package io.breakwater.bootstrap.apikey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells one version of a file from another.
 *
 * @param modified when its content changed, which its owner can set
 * @param changed when its content or its attributes changed, which no program can set; as {@code modified} if the file
 *     system does not say
 * @param size its length in bytes
 * @param fileKey identifies the file within its file system
 */
record FileStamp(
        FileTime modified,
        FileTime changed,
        long size,
        @Nullable Object fileKey) {
    /** A file can change twice without another time of change, if its file system has coarse times. */
    private static final Duration COARSEST_TIME = Duration.ofSeconds(2);

    /** Returns the stamp of the file, or null if the file does not exist. */
    static @Nullable FileStamp of(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            var modified = attributes.lastModifiedTime();
            return new FileStamp(modified, changed(file, modified), attributes.size(), attributes.fileKey());
        } catch (IOException missing) {
            return null;
        }
    }

    private static FileTime changed(Path file, FileTime otherwise) throws IOException {
        boolean known = file.getFileSystem().supportedFileAttributeViews().contains("unix");
        return known && Files.getAttribute(file, "unix:ctime") instanceof FileTime changed ? changed : otherwise;
    }

    /** Whether the file changed so recently that a further change need not have another time. */
    boolean isRecent() {
        return isRecent(modified) || isRecent(changed);
    }

    private static boolean isRecent(FileTime time) {
        return Duration.between(time.toInstant(), Instant.now()).abs().compareTo(COARSEST_TIME) < 0;
    }
}
