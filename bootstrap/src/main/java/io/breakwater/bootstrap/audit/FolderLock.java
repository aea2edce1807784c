package io.breakwater.bootstrap.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The right to write a log, which one process at a time has. The system takes it from a process that ends. */
final class FolderLock implements Closeable {
    private static final Set<StandardOpenOption> OPTIONS = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the right.
     *
     * @throws IOException if another log object of this or another process has it
     */
    static FolderLock of(LogFolder folder) throws IOException {
        var channel = FileChannel.open(folder.file(LogFile.LOCK), OPTIONS, folder.attributes("rw-------"));
        if (tryLock(channel) == null) {
            channel.close();
            throw new UnusableLogException(
                    "another server writes it; every server needs a folder of its own",
                    "A running server writes the audit log in " + folder.root() + ". To call that server, use --url"
                            + " http://HOST:PORT/mcp. A second server needs an audit.folder of its own.",
                    null);
        }
        return new FolderLock(channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ownProcess) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
