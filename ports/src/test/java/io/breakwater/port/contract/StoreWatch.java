package io.breakwater.port.contract;

import io.breakwater.port.PortException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Stands for a remote store that is slow, held by the test, or not available, and records every access. An access on an
 * event loop is a violation, whatever time it takes. {@link WatchedSessions}, {@link WatchedTasks} and
 * {@link WatchedStreamLog} use it. Thread-safe.
 */
public final class StoreWatch {
    private static final long LIMIT_SECONDS = 180;

    private final Predicate<Thread> isEventLoop;
    private final Duration latency;
    private final Queue<String> accesses = new ConcurrentLinkedQueue<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final Map<String, Hold> holds = new ConcurrentHashMap<>();
    private volatile @Nullable PortException failure;

    /**
     * Creates a watch.
     *
     * @param latency the time that each access takes
     * @param isEventLoop recognizes the threads that must never wait for a store
     */
    public StoreWatch(Duration latency, Predicate<Thread> isEventLoop) {
        this.latency = latency;
        this.isEventLoop = isEventLoop;
    }

    /** Records an access and delays it. */
    void access(String operation) {
        var thread = Thread.currentThread();
        accesses.add(operation);
        if (isEventLoop.test(thread)) {
            violations.add(operation + " on " + thread);
        }
        var hold = holds.get(operation);
        if (hold != null) {
            hold.pass();
        }
        long end = System.nanoTime() + latency.toNanos();
        for (long left = latency.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        var outage = failure;
        if (outage != null) {
            throw outage;
        }
    }

    /** From now on every access fails with this exception; null ends the outage. */
    public void fail(@Nullable PortException exception) {
        failure = exception;
    }

    /** Makes all accesses of one operation wait, until the hold is released. */
    public Hold hold(String operation) {
        var hold = new Hold();
        holds.put(operation, hold);
        return hold;
    }

    /** The operations in the order in which they began. */
    public List<String> accesses() {
        return List.copyOf(accesses);
    }

    /** Forgets the accesses so far. */
    public void clearAccesses() {
        accesses.clear();
    }

    /** The accesses on event loops. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    /** Accesses that wait. */
    public static final class Hold {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        private Hold() {}

        private void pass() {
            reached.countDown();
            await(released);
        }

        /** Waits until an access is held. */
        public void awaitReached() {
            await(reached);
        }

        /** Lets all accesses continue. */
        public void release() {
            released.countDown();
        }

        private static void await(CountDownLatch latch) {
            try {
                if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    throw new AssertionError("The store was not accessed or not released.");
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new PortException.UnavailableException("The access was interrupted.", null, interrupted);
            }
        }
    }
}
