package io.breakwater.core.testkit;

import io.breakwater.port.Json;
import io.breakwater.server.client.Notification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Writes down what a server notifies its client of. Thread-safe. */
public final class RecordedNotifications implements Consumer<Notification> {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final List<Notification> notices = new ArrayList<>(); // guarded by lock
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();

    /** Nothing heard yet. */
    public RecordedNotifications() {}

    @Override
    public void accept(Notification notice) {
        lock.lock();
        try {
            notices.add(notice);
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Everything so far. */
    public List<Notification> all() {
        lock.lock();
        try {
            return List.copyOf(notices);
        } finally {
            lock.unlock();
        }
    }

    /** The parameters of every notification of that method so far. */
    public List<Json.Obj> of(String method) {
        return all().stream()
                .filter(notice -> notice.method().equals(method))
                .map(Notification::params)
                .toList();
    }

    /** What was told of progress so far. */
    public List<Json.Obj> progress() {
        return of("notifications/progress");
    }

    /** What was logged so far. */
    public List<Json.Obj> logged() {
        return of("notifications/message");
    }

    /**
     * Waits until so many notifications of that method were heard.
     *
     * @throws AssertionError when they do not come within a minute
     */
    public List<Json.Obj> await(String method, int count) {
        long left = PATIENCE.toNanos();
        lock.lock();
        try {
            while (of(method).size() < count) {
                if (left <= 0) {
                    throw new AssertionError(
                            "Only " + of(method).size() + " of " + count + " " + method + " came: " + notices);
                }
                left = more.awaitNanos(left);
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
