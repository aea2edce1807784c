package io.breakwater.bootstrap.apikey;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs work on a file that one thread of all processes of this machine does at a time. The lock is a file beside the
 * protected one, which stays: the protected file is replaced, and so cannot be locked itself. The operating system
 * releases the lock of a process that ended.
 */
final class ExclusiveAccess {
    /** A process may lock a file once only, so that its threads need a lock of their own. */
    private static final ReentrantLock THREADS = new ReentrantLock();

    private ExclusiveAccess() {}

    /** Work that may fail. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /** Waits for the lock, and runs the work. */
    static <T> T to(Path file, Work<T> work) throws IOException {
        var lockFile = file.resolveSibling(file.getFileName() + ".lock");
        THREADS.lock();
        try (var channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock(); // closing the channel releases it
            return work.run();
        } finally {
            THREADS.unlock();
        }
    }
}
