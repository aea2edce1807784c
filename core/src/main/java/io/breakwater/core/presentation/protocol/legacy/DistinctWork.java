package io.breakwater.core.presentation.protocol.legacy;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs work for one item after the other, in order, while callers continue. An item that equals one that waits is not
 * added again, since both stand for the same notification. The number of waiting items is limited; items above the
 * limit are dropped. Thread-safe.
 */
final class DistinctWork<T> {
    private static final Logger LOG = LoggerFactory.getLogger(DistinctWork.class);
    private static final int MAX_WAITING = 10_000;

    private final Executor executor;
    private final Consumer<T> work;
    private final Set<T> waiting = new LinkedHashSet<>(); // guarded by this
    private boolean running; // guarded by this

    DistinctWork(Executor executor, Consumer<T> work) {
        this.executor = executor;
        this.work = work;
    }

    void add(T item) {
        if (enqueue(item)) {
            try {
                executor.execute(this::runAll);
            } catch (RejectedExecutionException full) {
                clear(); // notifications give way to requests, and none are needed once the server is closed
            }
        }
    }

    /** Returns true if the caller has to start the work. */
    private synchronized boolean enqueue(T item) {
        if (waiting.size() >= MAX_WAITING) {
            LOG.warn("A notification is dropped because {} others wait for the store of sessions", MAX_WAITING);
            return false;
        }
        boolean start = waiting.add(item) && !running;
        running |= start;
        return start;
    }

    private void runAll() {
        for (var item = next(); item != null; item = next()) {
            try {
                work.accept(item);
            } catch (RuntimeException fault) {
                LOG.error("A notification could not be sent", fault);
            }
        }
    }

    private synchronized @Nullable T next() {
        if (waiting.isEmpty()) {
            running = false;
            return null;
        }
        var items = waiting.iterator();
        var item = items.next();
        items.remove();
        return item;
    }

    private synchronized void clear() {
        waiting.clear();
        running = false;
    }
}
