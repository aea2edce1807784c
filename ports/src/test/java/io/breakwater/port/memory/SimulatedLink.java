package io.breakwater.port.memory;

import io.breakwater.port.PortException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What lies between a fake and what it stands for. A test cuts it, stalls it and mends it; one line may serve several
 * fakes, which then suffer together. Thread-safe.
 */
public final class SimulatedLink {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Runnable> followers = new ArrayList<>();
    private State state = State.WELL;
    private int waiting;

    /** From now on every operation fails with {@link PortException.UnavailableException}; those that wait fail too. */
    public void cut() {
        become(State.CUT);
    }

    /** From now on every operation waits until the line is mended or cut. */
    public void stall() {
        become(State.STALLED);
    }

    /** From now on everything works; those that wait go on. */
    public void mend() {
        become(State.WELL);
    }

    /** How many operations wait at present. */
    public int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    /** Before an operation: passes, waits or fails. */
    void pass() {
        lock.lock();
        try {
            waiting++;
            while (state == State.STALLED) {
                changed.await();
            }
            if (state == State.CUT) {
                throw new PortException.UnavailableException("The line was cut by the test.", null, null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PortException.UnavailableException(
                    "Interrupted while the line was stalled by the test.", null, e);
        } finally {
            waiting--;
            lock.unlock();
        }
    }

    boolean isCut() {
        lock.lock();
        try {
            return state == State.CUT;
        } finally {
            lock.unlock();
        }
    }

    /** Runs the action after each change, on the thread that makes it. */
    void onChange(Runnable action) {
        lock.lock();
        try {
            followers.add(action);
        } finally {
            lock.unlock();
        }
    }

    private void become(State next) {
        List<Runnable> listeners;
        lock.lock();
        try {
            state = next;
            changed.signalAll();
            listeners = List.copyOf(followers);
        } finally {
            lock.unlock();
        }
        listeners.forEach(Runnable::run);
    }

    private enum State {
        WELL,
        STALLED,
        CUT
    }
}
