package io.breakwater.bootstrap.service;

import io.breakwater.server.settings.ServiceOrigin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A file with the instances of a service: one URL in each line; empty lines, and lines that begin with {@code #}, are
 * comments. It is read again when it has changed. A change counts only when the next look finds the same file, because a
 * file that is being written may lack instances. A file without instances changes nothing. Not thread-safe.
 */
public final class InstancesFile implements Supplier<List<ServiceOrigin>> {
    private static final int MAX_BYTES = 4 << 20;

    private final Path file;
    private @Nullable Stamp lastSeen;
    private @Nullable Stamp inUse;
    private List<ServiceOrigin> origins = List.of();

    /** Tells whether the file has changed. */
    private record Stamp(FileTime time, long size, @Nullable Object key) {
        static Stamp of(Path file) throws IOException {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        }
    }

    /** Creates a source that reads the file when it is asked first. */
    public InstancesFile(Path file) {
        this.file = file;
    }

    /**
     * Returns the instances.
     *
     * @throws IllegalStateException if the file has changed and is not valid; it is read again when it has changed again
     * @throws UncheckedIOException if the file cannot be read
     */
    @Override
    public List<ServiceOrigin> get() {
        try {
            var now = Stamp.of(file);
            boolean complete = inUse == null || now.equals(lastSeen);
            lastSeen = now;
            if (complete && !now.equals(inUse)) {
                origins = read();
                inUse = now;
            }
            return origins;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(
                    "The file with the instances of a service cannot be read: " + file, unreadable);
        }
    }

    private List<ServiceOrigin> read() throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IllegalStateException("The file with the instances of a service is too large: " + file);
        }
        var found = Files.readAllLines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(this::parse)
                .distinct()
                .toList();
        if (found.isEmpty()) {
            throw new IllegalStateException("The file with the instances of a service contains no URL: " + file);
        }
        return found;
    }

    private ServiceOrigin parse(String line) {
        try {
            return ServiceOrigin.parse(line);
        } catch (IllegalArgumentException invalid) {
            throw new IllegalStateException(file + " is not valid. " + invalid.getMessage(), invalid);
        }
    }
}
