package io.breakwater.bootstrap.audit;

import io.breakwater.bootstrap.host.AtomicFile;
import io.breakwater.bootstrap.tlog.EntryBundle;
import io.breakwater.bootstrap.tlog.HashTiles;
import io.breakwater.bootstrap.tlog.SignedNote;
import io.breakwater.bootstrap.tlog.TilePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files of a log. Files and folders that it creates are for their owner only (modes 0600 and 0700). */
public final class LogFolder implements HashTiles.Source {
    private static final Set<StandardOpenOption> WRITE =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);

    private final Path root;
    private volatile @Nullable Boolean hasPermissions; // the search for the file system costs as much as writing a tile

    /** Uses a folder, which need not exist. */
    public LogFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** Returns the path of a file of the log. */
    Path file(LogFile file) {
        return root.resolve(file.fileName());
    }

    /** Returns the folder. */
    public Path root() {
        return root;
    }

    /** Returns true if the folder contains a checkpoint. */
    public boolean isLog() {
        return Files.exists(file(LogFile.CHECKPOINT));
    }

    /** Returns true if the folder contains tiles or pending entries. */
    boolean hasEntries() throws IOException {
        var pending = file(LogFile.PENDING);
        return Files.exists(root.resolve("tile"))
                || (Files.exists(pending) && Files.size(pending) > PendingFile.HEADER);
    }

    void create() throws IOException {
        createFolders(root);
    }

    /** Returns the checkpoint; it is not verified, and need not even be text. */
    public SignedNote readCheckpoint() throws IOException {
        return new SignedNote(new String(Files.readAllBytes(file(LogFile.CHECKPOINT)), StandardCharsets.UTF_8));
    }

    /** Returns the text of a file of the log. */
    public String readText(LogFile file) throws IOException {
        return Files.readString(file(file), StandardCharsets.UTF_8);
    }

    /** Replaces a file in one step, and waits until it is on the disk. */
    void replace(LogFile file, byte[] content) throws IOException {
        new AtomicFile(file(file)).write(content);
    }

    /** Returns a tile; the full tile with more hashes in place of a partial one that no longer exists. */
    @Override
    public byte[] read(TilePath tile) throws IOException {
        try {
            return Files.readAllBytes(path(tile));
        } catch (NoSuchFileException missing) {
            if (tile.isFull()) {
                throw missing;
            }
            return Files.readAllBytes(path(tile.full()));
        }
    }

    /** Returns the entries of a bundle. */
    List<byte[]> readEntries(TilePath bundle) throws IOException {
        return EntryBundle.read(read(bundle));
    }

    /** Writes a tile or a bundle. */
    void write(TilePath tile, byte[] content) throws IOException {
        try (var channel = openForWriting(path(tile))) {
            for (var bytes = ByteBuffer.wrap(content); bytes.hasRemaining(); ) {
                channel.write(bytes);
            }
        }
    }

    private FileChannel openForWriting(Path file) throws IOException {
        try {
            return FileChannel.open(file, WRITE, attributes("rw-------"));
        } catch (NoSuchFileException firstOfItsFolder) {
            createFolders(file.resolveSibling("."));
            return FileChannel.open(file, WRITE, attributes("rw-------"));
        }
    }

    /** Waits until the content of a tile or a bundle is on the disk. */
    void force(TilePath tile) throws IOException {
        try (var channel = FileChannel.open(path(tile), StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Returns the other partial tiles at the position of a partial one. */
    List<TilePath> othersBeside(TilePath partial) {
        var others = new ArrayList<TilePath>();
        for (int width = 1; width < TilePath.FULL; width++) {
            var other = new TilePath(partial.level(), partial.index(), width);
            if (width != partial.width() && Files.exists(path(other))) {
                others.add(other);
            }
        }
        return others;
    }

    /** Deletes a partial tile that a newer checkpoint does not need. */
    void delete(TilePath partial) throws IOException {
        Files.deleteIfExists(path(partial));
    }

    /** Waits until the names of new tiles are on the disk; Windows cannot open a folder, and needs no such step. */
    void forceNames(Iterable<TilePath> tiles) throws IOException {
        var folders = new LinkedHashSet<Path>(); // many tiles share one
        for (var tile : tiles) {
            var folder = path(tile).getParent();
            while (folder != null && folder.startsWith(root) && folders.add(folder)) {
                folder = folder.getParent();
            }
        }
        for (var folder : folders) {
            forceFolder(folder);
        }
    }

    private void forceFolder(Path folder) throws IOException {
        if (hasPermissions()) {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private Path path(TilePath tile) {
        return root.resolve(tile.text());
    }

    private void createFolders(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder.normalize(), attributes("rwx------"));
        }
    }

    FileAttribute<?>[] attributes(String permissions) throws IOException {
        return hasPermissions()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private boolean hasPermissions() throws IOException {
        var known = hasPermissions;
        if (known == null) {
            known = Files.getFileStore(existing()).supportsFileAttributeView(PosixFileAttributeView.class);
            hasPermissions = known;
        }
        return known;
    }

    /** Returns the folder, or the one in which it would be created. */
    private Path existing() {
        var existing = root;
        while (!Files.exists(existing)) {
            existing = existing.resolve("..").normalize();
        }
        return existing;
    }
}
