package io.breakwater.adapter.stdio;

import io.breakwater.port.driving.OfferResult;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes whole lines for many threads with few system calls: every thread adds its line to one buffer, and a thread
 * that finds no other thread writing writes the whole buffer. While the reader has further messages in its buffer, it
 * {@link #hold holds} the lines back and then {@link #release releases} them together.
 *
 * <p>A write blocks while the client does not read. So only two kinds of threads write their own lines, and only
 * answers: the reader, which then reads no further messages, and virtual threads, for which the answer is the last step
 * of a call. All other lines are written by a virtual thread that is started for them. Thread-safe.
 */
final class LineWriter {
    private static final int BATCH = 1 << 16;
    private static final int UNBOUNDED = Integer.MAX_VALUE;

    private final OutputStream out;
    private final int maxUnread;
    private final int batch;
    private final BooleanSupplier hasMoreCalls;
    private final Consumer<IOException> onFailure;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Runnable writeNow = this::writeOnCaller;
    private final Runnable writeLater = this::writeOnThread;

    // Guarded by the lock, except that a thread may check without it whether it is the reader.
    private LineBuffer pending = new LineBuffer();
    private LineBuffer spare = new LineBuffer();
    private @Nullable Thread reader;
    private boolean held;
    private boolean writing;
    private boolean closed;
    private boolean lost;

    LineWriter(OutputStream out, int maxUnread, BooleanSupplier hasMoreCalls, Consumer<IOException> onFailure) {
        this.out = out;
        this.maxUnread = maxUnread;
        this.batch = Math.min(BATCH, maxUnread);
        this.hasMoreCalls = hasMoreCalls;
        this.onFailure = onFailure;
    }

    /** Adds a line that must not be lost. */
    void write(byte[] line) {
        append(line, UNBOUNDED, writeNow);
    }

    /** Adds a line unless too many bytes are unread. */
    OfferResult offer(byte[] line) {
        return append(line, maxUnread, writeLater);
    }

    /**
     * Holds lines back from now on, up to one batch. Returns when the client has read enough: while more than
     * {@code maxUnread} bytes are unread, another thread is writing and signals when it has finished. Only the reader
     * calls this.
     */
    void hold() throws InterruptedException {
        lock.lock();
        try {
            reader = Thread.currentThread();
            held = true;
            while (pending.size() > maxUnread && !closed) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes the lines that were held back, and holds back no further ones. */
    void release() {
        lock.lock();
        try {
            held = false;
            if (writing || pending.size() == 0) {
                return;
            }
            writing = true;
        } finally {
            lock.unlock();
        }
        writeOnCaller();
    }

    /** Waits until every line is written; returns false when lines are left after that time or were lost. */
    boolean awaitWritten(Duration atMost) throws InterruptedException {
        var left = atMost.toNanos();
        lock.lock();
        try {
            while (!closed && (writing || pending.size() > 0) && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !lost && !writing && pending.size() == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Accepts no further lines and drops the pending ones. */
    void close() {
        lock.lock();
        try {
            closed = true;
            lost |= writing || pending.size() > 0;
            pending = new LineBuffer();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The number of bytes that wait to be written. */
    int unread() {
        lock.lock();
        try {
            return pending.size();
        } finally {
            lock.unlock();
        }
    }

    /** Adds a line, and runs {@code write} if no thread is writing. */
    private OfferResult append(byte[] line, int bound, Runnable write) {
        lock.lock();
        try {
            if (closed) {
                lost |= bound == UNBOUNDED;
                return OfferResult.CLOSED;
            }
            if (pending.size() > bound) {
                return OfferResult.FULL;
            }
            pending.add(line);
            if (writing || (held && pending.size() < batch)) {
                return OfferResult.ACCEPTED;
            }
            writing = true;
        } finally {
            lock.unlock();
        }
        write.run();
        return OfferResult.ACCEPTED;
    }

    /** Writes one batch on this thread if it may block; another thread writes the lines that arrive meanwhile. */
    private void writeOnCaller() {
        var me = Thread.currentThread();
        if (me.isVirtual()) {
            yieldToWriters();
        }
        var mayBlock = me.isVirtual() || me.equals(reader);
        if (!mayBlock || writeBatch()) {
            writeOnThread();
        }
    }

    private void writeOnThread() {
        Thread.startVirtualThread(this::writeAll);
    }

    /**
     * Virtual threads run in order of arrival: one that yields while other calls run then writes the answers of all
     * threads that were ready. This doubles the throughput of 64 concurrent calls, and costs a single call nothing.
     */
    @SuppressWarnings("ThreadPriorityCheck")
    private void yieldToWriters() {
        if (hasMoreCalls.getAsBoolean()) {
            Thread.yield();
        }
    }

    private void writeAll() {
        var more = true;
        while (more) {
            more = writeBatch();
        }
    }

    /** Writes the pending lines; returns true when more have arrived meanwhile. */
    private boolean writeBatch() {
        var lines = swap();
        try {
            lines.writeTo(out);
        } catch (IOException e) {
            close();
            onFailure.accept(e);
        }
        return finishBatch(lines);
    }

    private LineBuffer swap() {
        lock.lock();
        try {
            var lines = pending;
            pending = spare;
            return lines;
        } finally {
            lock.unlock();
        }
    }

    private boolean finishBatch(LineBuffer written) {
        lock.lock();
        try {
            spare = written.cleared();
            writing = pending.size() > 0;
            changed.signalAll();
            return writing;
        } finally {
            lock.unlock();
        }
    }
}
