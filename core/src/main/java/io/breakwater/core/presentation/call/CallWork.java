package io.breakwater.core.presentation.call;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The work for a call: the thread that does it, its cancellation, and what happens when it has stopped. It may go on for
 * a moment after the call has its outcome. Thread-safe.
 */
final class CallWork {
    private volatile boolean cancelled;
    private @Nullable Thread worker; // guarded by this, null in inline mode
    private List<Runnable> onCancel = List.of(); // guarded by this
    private List<Runnable> onStop = List.of(); // guarded by this
    private boolean running; // guarded by this, once another thread can have the call

    /** Starts the work on the thread on which the call arrived, which is never interrupted. */
    void start() {
        running = true;
    }

    /** Continues the work on this thread, which a cancellation interrupts. */
    synchronized void enter() {
        worker = Thread.currentThread();
    }

    /**
     * Leaves this thread, and clears an interruption of the work before the pool reuses the thread. The work may go on
     * on another thread already.
     */
    synchronized void leave() {
        if (Thread.currentThread().equals(worker)) {
            worker = null;
        }
        Thread.interrupted();
    }

    /** Ends the work; returns the actions that have to run now. */
    synchronized List<Runnable> stop() {
        running = false;
        var actions = onStop;
        onStop = List.of();
        return actions;
    }

    /** Runs an action when the work has stopped; immediately if it has. */
    void onStop(Runnable action) {
        synchronized (this) {
            if (running) {
                onStop = append(onStop, action);
                return;
            }
        }
        action.run();
    }

    /** Cancels the work: sets the flag, interrupts the thread and runs the cancel actions. */
    void cancel() {
        List<Runnable> actions;
        synchronized (this) {
            cancelled = true;
            actions = onCancel;
            onCancel = List.of();
            if (worker != null && !worker.equals(Thread.currentThread())) {
                worker.interrupt();
            }
        }
        actions.forEach(Runnable::run);
    }

    boolean cancelled() {
        return cancelled;
    }

    /** Runs an action when the work is cancelled; immediately if it is. */
    void onCancel(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                onCancel = append(onCancel, action);
                return;
            }
        }
        action.run();
    }

    private static List<Runnable> append(List<Runnable> actions, Runnable action) {
        if (actions.isEmpty()) {
            return List.of(action); // most calls have one action
        }
        var all = new ArrayList<>(actions);
        all.add(action);
        return all;
    }
}
