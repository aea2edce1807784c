package io.breakwater.core.testkit;

import io.breakwater.port.Json;
import io.breakwater.server.client.Notification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Records the notifications that a client receives. Thread-safe. */
public final class RecordedNotifications implements Consumer<Notification> {
    private static final Duration TIME_LIMIT = Duration.ofMinutes(1);

    private final List<Notification> notifications = new ArrayList<>(); // guarded by lock
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition received = lock.newCondition();

    /** Creates a recorder without notifications. */
    public RecordedNotifications() {}

    @Override
    public void accept(Notification notification) {
        lock.lock();
        try {
            notifications.add(notification);
            received.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns all notifications so far. */
    public List<Notification> all() {
        lock.lock();
        try {
            return List.copyOf(notifications);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the parameters of all notifications of this method so far. */
    public List<Json.Obj> of(String method) {
        return all().stream()
                .filter(notification -> notification.method().equals(method))
                .map(Notification::params)
                .toList();
    }

    /** Returns the parameters of all progress notifications so far. */
    public List<Json.Obj> progress() {
        return of("notifications/progress");
    }

    /** Returns the parameters of all log messages so far. */
    public List<Json.Obj> logged() {
        return of("notifications/message");
    }

    /**
     * Waits for notifications of this method, and returns the parameters of all of them.
     *
     * @param count how many notifications to wait for
     * @throws AssertionError if fewer arrive within a minute
     */
    public List<Json.Obj> await(String method, int count) {
        long remaining = TIME_LIMIT.toNanos();
        lock.lock();
        try {
            while (of(method).size() < count) {
                if (remaining <= 0) {
                    throw new AssertionError(
                            "Received " + of(method).size() + " of " + count + " " + method + ": " + notifications);
                }
                remaining = received.awaitNanos(remaining);
            }
            return of(method);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for " + method, e);
        } finally {
            lock.unlock();
        }
    }
}
