package io.breakwater.bootstrap.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Replaces a file in one step, so that readers and a crash find the old content or the new one, never a part. A new
 * file is readable by its owner only (mode 0600); a replaced one keeps its owner, group and mode.
 */
public final class AtomicFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final Path file;
    private final Move move;

    /** The step that makes the new content visible. */
    @FunctionalInterface
    interface Move {
        void move(Path from, Path to) throws IOException;
    }

    /** Creates the replacement of a file, in a folder that exists. */
    public AtomicFile(Path file) {
        this(file, AtomicFile::moveAtomically);
    }

    AtomicFile(Path file, Move move) {
        this.file = file;
        this.move = move;
    }

    /** Returns the file with symbolic links resolved, in a folder that exists. */
    public static Path resolve(Path file) throws IOException {
        if (Files.exists(file)) {
            return file.toRealPath();
        }
        var absolute = file.toAbsolutePath();
        var folder = absolute.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return absolute;
    }

    /** Writes the content beside the file, waits until it is on the disk, and moves it over the file. */
    public void write(byte[] content) throws IOException {
        var temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary); // what a process left that ended before the move
        try (var channel = FileChannel.open(temporary, NEW, attributes())) {
            for (var bytes = ByteBuffer.wrap(content); bytes.hasRemaining(); ) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        copyOwner(temporary);
        move.move(temporary, file);
        forceFolder();
    }

    private void copyOwner(Path temporary) throws IOException {
        var present = Files.exists(file) ? view(file) : null;
        var view = view(temporary);
        if (present == null || view == null) {
            return;
        }
        var wanted = present.readAttributes();
        var now = view.readAttributes();
        if (!wanted.owner().equals(now.owner())) {
            view.setOwner(wanted.owner());
        }
        if (!wanted.group().equals(now.group())) {
            view.setGroup(wanted.group());
        }
        view.setPermissions(wanted.permissions());
    }

    private static PosixFileAttributeView view(Path file) {
        return Files.getFileAttributeView(file, PosixFileAttributeView.class);
    }

    private FileAttribute<?>[] attributes() throws IOException {
        var folder = file.toAbsolutePath().getParent();
        boolean posix = Files.getFileStore(folder == null ? file : folder)
                .supportsFileAttributeView(PosixFileAttributeView.class);
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private static void moveAtomically(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException unsupported) {
            throw new IOException("its file system cannot replace a file in one step", unsupported);
        }
    }

    /** Waits until the move is on the disk; Windows cannot open a folder, and needs no such step. */
    private void forceFolder() throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder == null || view(folder) == null) {
            return;
        }
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
