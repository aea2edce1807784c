package io.breakwater.adapter.http.outbound;

import io.breakwater.port.PortException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Limits the concurrent requests to each host, so that a host that hangs holds a bounded number of calls. Further
 * requests wait in order, up to a limit. Remembers only hosts with running requests. Thread-safe.
 */
final class HostLimiter {
    private final int maxRunning;
    private final int maxWaiting;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Host> hosts = new HashMap<>();

    HostLimiter(int maxRunning, int maxWaiting) {
        this.maxRunning = maxRunning;
        this.maxWaiting = maxWaiting;
    }

    private static final class Host {
        private final Queue<Permit> waiting = new ArrayDeque<>();
        private int running;
    }

    /** The permission for one request. Close it, whether it was granted or not. */
    final class Permit implements AutoCloseable {
        private final String origin;
        private final CompletableFuture<Void> granted = new CompletableFuture<>();

        private Permit(String origin) {
            this.origin = origin;
        }

        /** Completes when the request may run. */
        CompletableFuture<Void> granted() {
            return granted;
        }

        /** Ends the request, or the wait. */
        @Override
        public void close() {
            var next = release(this);
            if (next != null) {
                next.granted.complete(null);
            }
        }
    }

    /**
     * Requests a permission for a host.
     *
     * @throws PortException.RefusedException when too many requests wait already
     */
    Permit acquire(String origin) {
        var permit = new Permit(origin);
        lock.lock();
        try {
            var host = hosts.computeIfAbsent(origin, ignored -> new Host());
            if (host.running < maxRunning) {
                host.running++;
                permit.granted.complete(null);
            } else if (host.waiting.size() < maxWaiting) {
                host.waiting.add(permit);
            } else {
                throw overloaded(origin);
            }
        } finally {
            lock.unlock();
        }
        return permit;
    }

    private PortException.RefusedException overloaded(String origin) {
        return new PortException.RefusedException(
                PortException.RefusedException.Reason.OVERLOADED,
                "Too many concurrent requests to " + origin + ": " + maxRunning + " run and " + maxWaiting
                        + " wait. Retry later.",
                null);
    }

    private @Nullable Permit release(Permit permit) {
        lock.lock();
        try {
            var host = hosts.get(permit.origin);
            if (host == null || host.waiting.remove(permit)) {
                return null;
            }
            var next = host.waiting.poll();
            if (next == null && --host.running == 0) {
                hosts.remove(permit.origin);
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the number of hosts with running requests. */
    int size() {
        lock.lock();
        try {
            return hosts.size();
        } finally {
            lock.unlock();
        }
    }
}
