package io.breakwater.core.business.concurrency;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait for a permit, in the queues of all cost classes. Their number is limited for each class, for each
 * caller and in total. Above a limit, a call of the caller with the most waiting calls leaves its queue, so that no caller
 * can keep others out. The pool guards its state.
 */
final class WaitingCalls {
    private static final Comparator<ClassShare> MOST_IN_CLASS = Comparator.comparingInt(share -> share.waiting.size());
    private static final Comparator<ClassShare> MOST_IN_TOTAL =
            Comparator.<ClassShare>comparingInt(share -> share.load.waiting).thenComparing(MOST_IN_CLASS);

    private final int max;
    private final int maxPerCaller;
    private final int maxPerClass;
    private final ArrayDeque<CostClass> classes = new ArrayDeque<>(); // those with waiting calls, in turn
    private int size;

    WaitingCalls(int max, int maxPerCaller, int maxPerClass) {
        this.max = max;
        this.maxPerCaller = maxPerCaller;
        this.maxPerClass = maxPerClass;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Returns the number of cost classes with waiting calls. */
    int classes() {
        return classes.size();
    }

    /** Returns the cost class whose turn it is; there must be one. */
    CostClass nextClass() {
        var next = classes.removeFirst();
        classes.addLast(next);
        return next;
    }

    void add(WaitingCall call, long now) {
        var costClass = call.share.costClass;
        if (costClass.queue.isEmpty()) {
            classes.addLast(costClass);
        }
        costClass.queue.add(call, now);
        size++;
    }

    /** Removes a call; false if it does not wait. */
    boolean remove(WaitingCall call, long now) {
        boolean waited = call.share.costClass.queue.remove(call, now);
        if (waited) {
            removed(call);
        }
        return waited;
    }

    /** Removes and returns the next call of a class that is eligible; null if there is none. */
    @Nullable
    WaitingCall poll(CostClass costClass, Predicate<WaitingCall> eligible, long now) {
        var next = costClass.next(eligible, now);
        if (next != null) {
            removed(next);
        }
        return next;
    }

    /** Removes the calls of a class that have waited for too long. */
    void expire(CostClass costClass, long now, Consumer<WaitingCall> onExpired) {
        costClass.expire(now, call -> {
            removed(call);
            onExpired.accept(call);
        });
    }

    private void removed(WaitingCall call) {
        size--;
        if (call.share.costClass.queue.isEmpty()) {
            classes.removeLastOccurrence(call.share.costClass);
        }
    }

    // ---- limits -----------------------------------------------------------------------------------------------------

    /** Removes and returns a call because there is one too many since this one was added; null if there is not. */
    @Nullable
    WaitingCall evict(WaitingCall added, long now) {
        var crowded = crowded(added.share);
        if (crowded == null) {
            return null;
        }
        var evicted = crowded.costClass.evict(crowded, now);
        removed(evicted);
        return evicted;
    }

    /** Returns the share that has to give up a waiting call: that of the new call, unless another one has more. */
    private @Nullable ClassShare crowded(ClassShare own) {
        if (own.load.waiting > maxPerCaller) {
            return most(own, classes, share -> share.load == own.load, MOST_IN_CLASS);
        }
        if (own.costClass.queue.size() > maxPerClass) {
            return most(own, List.of(own.costClass), share -> true, MOST_IN_CLASS);
        }
        return size > max ? most(own, classes, share -> true, MOST_IN_TOTAL) : null;
    }

    private static ClassShare most(
            ClassShare own, Iterable<CostClass> among, Predicate<ClassShare> candidate, Comparator<ClassShare> order) {
        var most = own;
        for (var costClass : among) {
            for (var share : costClass.queue.shares()) {
                if (candidate.test(share) && order.compare(share, most) > 0) {
                    most = share;
                }
            }
        }
        return most;
    }
}
