package io.breakwater.bootstrap.service;

import io.breakwater.port.PortException.UnavailableException;
import io.breakwater.port.support.VisibleText;
import io.breakwater.server.settings.ServiceOrigin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file with the instances of a service: one URL in each line; empty lines, and lines that begin with {@code #}, are
 * comments. It is read again when it has changed. A change counts only when the next look finds the same file, because a
 * file that is being written may lack instances. A file without instances changes nothing. Not thread-safe.
 */
public final class InstancesFile implements Supplier<List<ServiceOrigin>> {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_SHOWN = 100;
    private static final Pattern USER = Pattern.compile("//[^/]*@");

    private final Path file;
    private @Nullable Stamp lastSeen;
    private @Nullable Stamp inUse;
    private List<ServiceOrigin> origins = List.of();

    /** Tells whether the file has changed. */
    private record Stamp(FileTime time, long size, @Nullable Object key) {}

    /** Creates a source that reads the file when it is asked first. */
    public InstancesFile(Path file) {
        this.file = file;
    }

    /**
     * Returns the instances.
     *
     * @throws UnavailableException if the file cannot be read, or has changed and is not valid; the message says why, and
     *     what to do
     */
    @Override
    public List<ServiceOrigin> get() {
        try {
            var now = stamp();
            boolean complete = inUse == null || now.equals(lastSeen);
            lastSeen = now;
            if (complete && !now.equals(inUse)) {
                origins = read();
                inUse = now;
            }
            return origins;
        } catch (NoSuchFileException missing) {
            throw unusable(" does not exist. Create it, or correct the setting 'file' of the service.", missing);
        } catch (AccessDeniedException denied) {
            throw unusable(
                    " cannot be read: the user " + System.getProperty("user.name")
                            + " has no access. Change the mode of" + " the file or of its folder.",
                    denied);
        } catch (IOException unreadable) {
            throw unusable(" cannot be read: " + unreadable.getMessage() + ".", unreadable);
        }
    }

    /** Refuses what is not a regular file before it is opened: opening a pipe waits for its writer. */
    private Stamp stamp() throws IOException {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw unusable(
                    " is a folder, a pipe or a device, and not a regular file. Correct the setting 'file' of the service.",
                    null);
        }
        return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }

    private List<ServiceOrigin> read() throws IOException {
        var found = new LinkedHashSet<ServiceOrigin>();
        int number = 0;
        for (var line : text().lines().map(String::strip).toList()) {
            number++;
            if (!line.isEmpty() && !line.startsWith("#")) {
                found.add(parse(number, line));
            }
        }
        if (found.isEmpty()) {
            throw unusable(" contains no URL. Write one URL in each line, such as http://10.0.0.7:8080.", null);
        }
        return List.copyOf(found);
    }

    private String text() throws IOException {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw unusable(" is larger than 1 MiB. Check that it is the file with the instances.", null);
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private ServiceOrigin parse(int number, String line) {
        try {
            return ServiceOrigin.parse(line);
        } catch (IllegalArgumentException invalid) {
            var shown = VisibleText.quoted(USER.matcher(line).replaceFirst("//******@"), MAX_SHOWN);
            throw unusable(
                    " has an error in line " + number + ": " + shown + " is not the URL of an instance. Write"
                            + " http://host:port or https://host:port, without a user, a path and a query.",
                    invalid);
        }
    }

    private UnavailableException unusable(String what, @Nullable Throwable cause) {
        return new UnavailableException(this + what, null, cause);
    }

    /** Returns the name of the file for messages. */
    @Override
    public String toString() {
        return "The file " + file;
    }
}
