package io.breakwater.bootstrap.audit;

import io.breakwater.bootstrap.tlog.EntryBundle;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The entries since the last checkpoint, so that a process that ends loses none of them. The file begins with the
 * position of its first entry in eight bytes. Each entry follows after its length in two bytes, with a checksum of both
 * in four bytes after it. A crash can leave an incomplete entry at the end, which {@link #read} ignores and {@link #open}
 * removes.
 */
final class PendingFile implements Closeable {
    /** The length of a file without entries. */
    static final int HEADER = Long.BYTES;

    private static final int LENGTH = 2;
    private static final int CHECKSUM = 4;
    private static final int BUFFER = 128 << 10; // more than an entry has

    private final Path path;
    private final FileChannel channel;
    private final @Nullable Object key;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private long end;

    private PendingFile(Path path, FileChannel channel, long end) throws IOException {
        this.path = path;
        this.channel = channel;
        this.key = key(path);
        this.end = end;
    }

    /**
     * What a file contains.
     *
     * @param first the position of the first entry in the log
     * @param entries the complete entries
     * @param ends where each entry ends in the file
     * @param hasTail whether something incomplete follows
     */
    record Content(long first, List<byte[]> entries, List<Long> ends, boolean hasTail) {
        /** Returns the end of the first entries. */
        long end(int entries) {
            return entries == 0 ? HEADER : ends.get(entries - 1);
        }
    }

    /** Returns the content of a file without entries. */
    static byte[] empty(long first) {
        return ByteBuffer.allocate(HEADER).putLong(first).array();
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read, or has no complete header
     */
    static Content read(Path path) throws IOException {
        var bytes = ByteBuffer.wrap(Files.readAllBytes(path));
        if (bytes.remaining() < HEADER) {
            throw new IOException(path + " is not complete");
        }
        long first = bytes.getLong();
        var entries = new ArrayList<byte[]>();
        var ends = new ArrayList<Long>();
        for (var entry = next(bytes); entry != null; entry = next(bytes)) {
            entries.add(entry);
            ends.add((long) bytes.position());
        }
        return new Content(first, entries, ends, bytes.hasRemaining());
    }

    /** Returns the next entry, or null if no complete one follows. */
    private static byte @Nullable [] next(ByteBuffer bytes) {
        int start = bytes.position();
        if (bytes.remaining() >= LENGTH) {
            int length = bytes.getShort() & EntryBundle.MAX_ENTRY_BYTES;
            if (length > 0 && bytes.remaining() >= length + CHECKSUM) {
                var entry = new byte[length];
                bytes.get(entry);
                if (bytes.getInt() == checksum(bytes, start)) {
                    return entry;
                }
            }
        }
        bytes.position(start);
        return null;
    }

    /** Returns the checksum of the length and the entry that begin at this position. */
    private static int checksum(ByteBuffer bytes, int start) {
        var checksum = new CRC32C();
        checksum.update(bytes.slice(start, LENGTH + (bytes.getShort(start) & EntryBundle.MAX_ENTRY_BYTES)));
        return (int) checksum.getValue();
    }

    /** Opens a file, and removes everything after this position. */
    static PendingFile open(Path path, long end) throws IOException {
        var channel = FileChannel.open(path, StandardOpenOption.WRITE);
        try {
            channel.truncate(end);
            channel.position(end);
            return new PendingFile(path, channel, end);
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    /**
     * Appends entries: all of them, or none.
     *
     * @param force whether to wait until they are on the disk
     */
    void append(List<byte[]> entries, boolean force) throws IOException {
        requireSameFile();
        try {
            long written = write(entries);
            if (force) {
                channel.force(false);
            }
            end += written;
        } catch (IOException failed) {
            channel.truncate(end);
            throw failed;
        }
    }

    /** Writes many entries at once; returns the number of bytes. */
    private long write(List<byte[]> entries) throws IOException {
        long written = 0;
        buffer.clear();
        for (var entry : entries) {
            if (buffer.remaining() < LENGTH + entry.length + CHECKSUM) {
                written += writeBuffer();
            }
            int start = buffer.position();
            buffer.putShort((short) entry.length).put(entry).putInt(checksum(buffer, start));
        }
        return written + writeBuffer();
    }

    private int writeBuffer() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        int written = buffer.limit();
        buffer.clear();
        return written;
    }

    /** Returns the length of the file. */
    long length() {
        return end;
    }

    /** Writing to a file that was deleted or replaced would succeed, but the entries would be lost. */
    private void requireSameFile() throws IOException {
        if (!isSameFile()) {
            throw new IOException("the folder or the file " + path.getFileName() + " was removed or replaced");
        }
    }

    private boolean isSameFile() throws IOException {
        try {
            return Objects.equals(key, key(path));
        } catch (NoSuchFileException removed) {
            return false;
        }
    }

    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
