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
 * Writes whole lines for many threads with few system calls, by combining: every thread puts its line in one buffer,
 * and the one that finds nobody writing writes what is there, its own line and those of the others. While the reader
 * has further messages at hand it {@link #hold holds} the lines back, to {@link #release} them together.
 *
 * <p>A write blocks as long as the client does not read. So a thread writes by itself only when it has an answer, which
 * is the last thing it does for a call, and only the reader, which then reads no further messages either, or a virtual
 * thread. Everything else is written by a virtual thread that is started for it. Thread-safe.
 */
final class LineWriter {
    private static final int BATCH = 1 << 16;
    private static final int UNBOUNDED = Integer.MAX_VALUE;

    private final OutputStream out;
    private final int maxUnread;
    private final int batch;
    private final BooleanSupplier moreToCome;
    private final Consumer<IOException> onBroken;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Runnable here = this::writeOnCaller;
    private final Runnable elsewhere = this::writeOnThread;

    // Guarded by the lock, but that a thread may ask without it whether it is the reader.
    private LineBuffer pending = new LineBuffer();
    private LineBuffer spare = new LineBuffer();
    private @Nullable Thread reader;
    private boolean held;
    private boolean writing;
    private boolean closed;
    private boolean lost;

    LineWriter(OutputStream out, int maxUnread, BooleanSupplier moreToCome, Consumer<IOException> onBroken) {
        this.out = out;
        this.maxUnread = maxUnread;
        this.batch = Math.min(BATCH, maxUnread);
        this.moreToCome = moreToCome;
        this.onBroken = onBroken;
    }

    /** Takes a line that must not be lost. */
    void write(byte[] line) {
        append(line, UNBOUNDED, here);
    }

    /** Takes a line if there is room for it. */
    OfferResult offer(byte[] line) {
        return append(line, maxUnread, elsewhere);
    }

    /**
     * Lines wait from now on, up to a batch of them. Returns when the client has read enough: while more than that is
     * unread, somebody is writing, and says when it is done. Called by the reader only.
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

    /** Lines wait no longer. */
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

    /** Waits until every line is written; false when some are left after that time or were lost. */
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

    /** Takes no further lines and forgets those that wait. */
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

    /** How many bytes wait to be written. */
    int unread() {
        lock.lock();
        try {
            return pending.size();
        } finally {
            lock.unlock();
        }
    }

    /** Adds a line. When nobody is writing, {@code write} has to, and is run. */
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

    /** Writes one batch here if this thread may block; what comes meanwhile is left to another. */
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
     * Virtual threads run in order of arrival: one that steps back while other calls are at work writes the answers of
     * all that are ready to run. It doubles what 64 calls in flight achieve, and costs a lone one nothing.
     */
    @SuppressWarnings("ThreadPriorityCheck")
    private void yieldToWriters() {
        if (moreToCome.getAsBoolean()) {
            Thread.yield();
        }
    }

    private void writeAll() {
        var more = true;
        while (more) {
            more = writeBatch();
        }
    }

    /** Writes what is there; true when more has come meanwhile. */
    private boolean writeBatch() {
        var lines = swap();
        try {
            lines.writeTo(out);
        } catch (IOException e) {
            close();
            onBroken.accept(e);
        }
        return more(lines);
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

    private boolean more(LineBuffer written) {
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
