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
    private int items;
    private long since; // the time at which it became empty, or became non-empty
    private boolean overloaded;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Returns whether items of batches wait. */
    boolean hasItems() {
        return items > 0;
    }

    /** Returns the shares with waiting calls, one for each caller. */
    Set<ClassShare> shares() {
        return shares;
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
        count(call, 1);
    }

    private void count(WaitingCall call, int change) {
        size += change;
        call.share.load.waiting += change;
        items += call.scope == PermitScope.ITEM ? change : 0;
    }

    /** Removes a call; false if it does not wait. */
    boolean remove(WaitingCall call, long now) {
        boolean waited = call.share.waiting.remove(call);
        if (call.share.waiting.isEmpty()) {
            shares.remove(call.share);
        }
        if (waited) {
            removed(call, now);
        }
        return waited;
    }

    private void removed(WaitingCall call, long now) {
        count(call, -1);
        if (isEmpty()) {
            since = now;
        }
    }

    /**
     * Removes and returns the next call that is eligible; null if there is none.
     *
     * @param order the order of callers
     */
    @Nullable
    WaitingCall poll(boolean newestFirst, Predicate<WaitingCall> eligible, Comparator<ClassShare> order, long now) {
        WaitingCall best = null;
        for (var share : shares) {
            var first = first(share, newestFirst, eligible);
            if (first != null && (best == null || precedes(first, best, newestFirst, order))) {
                best = first;
            }
        }
        if (best != null) {
            remove(best, now);
        }
        return best;
    }

    private static @Nullable WaitingCall first(ClassShare share, boolean newestFirst, Predicate<WaitingCall> eligible) {
        for (var calls = newestFirst ? share.waiting.descendingIterator() : share.waiting.iterator();
                calls.hasNext(); ) {
            var call = calls.next();
            if (eligible.test(call)) {
                return call;
            }
        }
        return null;
    }

    private static boolean precedes(
            WaitingCall one, WaitingCall other, boolean newestFirst, Comparator<ClassShare> order) {
        int compared = order.compare(one.share, other.share);
        if (compared != 0) {
            return compared < 0;
        }
        long difference = one.since - other.since;
        return newestFirst ? difference > 0 : difference < 0;
    }

    /** Removes and returns the newest or the oldest call of a share, which must have one. */
    WaitingCall evict(ClassShare share, boolean newest, long now) {
        var call = newest ? share.waiting.getLast() : share.waiting.getFirst();
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
                var expired = waiting.removeFirst();
                removed(expired, now);
                onExpired.accept(expired);
            }
            if (waiting.isEmpty()) {
                all.remove();
            }
        }
    }
}
