package io.breakwater.port.driven;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Requests a check of a dependency before the next one is due: whatever uses the dependency sends the signal when it
 * notices that the dependency became unavailable or available again. Thread-safe.
 */
public final class CheckSignal {
    private final List<Runnable> checks = new CopyOnWriteArrayList<>();

    /** Creates a signal without subscribers. */
    public CheckSignal() {}

    /** Runs the check at each signal, on the thread that sends it; the check must not block. */
    public void subscribe(Runnable check) {
        checks.add(check);
    }

    /** True when a check follows a signal, so that its result reaches the log and the health report. */
    public boolean isSubscribed() {
        return !checks.isEmpty();
    }

    /** Requests a check now. */
    public void send() {
        checks.forEach(Runnable::run);
    }
}
