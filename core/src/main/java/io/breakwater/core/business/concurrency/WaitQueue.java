package io.breakwater.core.business.concurrency;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait in one cost class, by caller. The caller that has received the fewest permits comes first. Of equal
 * callers, and of the calls of one caller, the oldest comes first, or the newest while the class is overloaded. The pool
 * guards its state.
 */
final class WaitQueue {
    private final Set<ClassShare> shares = new LinkedHashSet<>(); // those with waiting calls
    private int size;
    private long since; // the time at which it became empty, or became non-empty
    private boolean overloaded;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Returns the number of callers with waiting calls. */
    int callers() {
        return shares.size();
    }

    /**
     * Returns whether the class is overloaded: since calls have waited for an interval without a moment in which none
     * did, and until none has waited for as long.
     */
    boolean isOverloaded(long now, long interval) {
        if (now - since > interval) {
            overloaded = !isEmpty();
        }
        return overloaded;
    }

    void add(WaitingCall call, long now) {
        if (isEmpty()) {
            since = now;
        }
        call.share.waiting.addLast(call);
        shares.add(call.share);
        size++;
    }

    /** Removes a call; false if it does not wait. */
    boolean remove(WaitingCall call, long now) {
        boolean waited = call.share.waiting.remove(call);
        if (call.share.waiting.isEmpty()) {
            shares.remove(call.share);
        }
        if (waited) {
            removed(now);
        }
        return waited;
    }

    private void removed(long now) {
        size--;
        if (isEmpty()) {
            since = now;
        }
    }

    /**
     * Removes and returns the next call of a caller that may have another permit; null if there is none.
     *
     * @param order the order of callers
     */
    @Nullable
    WaitingCall poll(boolean newestFirst, Predicate<ClassShare> eligible, Comparator<ClassShare> order, long now) {
        ClassShare best = null;
        for (var share : shares) {
            if (eligible.test(share) && (best == null || precedes(share, best, newestFirst, order))) {
                best = share;
            }
        }
        if (best == null) {
            return null;
        }
        var call = end(best, newestFirst);
        remove(call, now);
        return call;
    }

    private static boolean precedes(
            ClassShare one, ClassShare other, boolean newestFirst, Comparator<ClassShare> order) {
        int compared = order.compare(one, other);
        if (compared != 0) {
            return compared < 0;
        }
        long difference = end(one, newestFirst).since - end(other, newestFirst).since;
        return newestFirst ? difference > 0 : difference < 0;
    }

    private static WaitingCall end(ClassShare share, boolean newest) {
        return newest ? share.waiting.getLast() : share.waiting.getFirst();
    }

    /** Removes and returns a call of the caller with the most waiting calls, because the queue is full. */
    WaitingCall evict(boolean newest, long now) {
        ClassShare longest = null;
        for (var share : shares) {
            if (longest == null || share.waiting.size() >= longest.waiting.size()) {
                longest = share;
            }
        }
        if (longest == null) {
            throw new IllegalStateException("the queue is empty");
        }
        var call = end(longest, newest);
        remove(call, now);
        return call;
    }

    /** Removes the calls that have waited for longer than those of their caller may. */
    void expire(long now, ToLongFunction<ClassShare> maxWait, Consumer<WaitingCall> onExpired) {
        for (var all = shares.iterator(); all.hasNext(); ) {
            var share = all.next();
            var waiting = share.waiting;
            long maxAge = maxWait.applyAsLong(share);
            while (!waiting.isEmpty() && now - waiting.getFirst().since > maxAge) {
                removed(now);
                onExpired.accept(waiting.removeFirst());
            }
            if (waiting.isEmpty()) {
                all.remove();
            }
        }
    }
}
