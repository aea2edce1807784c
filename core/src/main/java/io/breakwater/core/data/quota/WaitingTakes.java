package io.breakwater.core.data.quota;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** The calls that wait for the store, in the order of their arrival. Thread-safe. */
final class WaitingTakes {
    private final Queue<WaitingTake> takes = new ArrayDeque<>(); // guarded by this

    synchronized void add(WaitingTake take) {
        takes.add(take);
    }

    synchronized boolean isEmpty() {
        return takes.isEmpty();
    }

    /** Removes the next calls, without those that do not wait any more. */
    synchronized List<WaitingTake> next(int max) {
        takes.removeIf(WaitingTake::isDecided);
        var next = new ArrayList<WaitingTake>();
        while (next.size() < max && !takes.isEmpty()) {
            next.add(takes.remove());
        }
        return next;
    }

    /** Removes all calls. */
    List<WaitingTake> all() {
        return next(Integer.MAX_VALUE);
    }
}
