package io.breakwater.core.presentation.interceptor;

import io.breakwater.core.business.concurrency.Admission;
import io.breakwater.core.business.concurrency.PermitScope;
import io.breakwater.core.business.concurrency.Rejection;
import io.breakwater.core.business.concurrency.Rejection.Reason;
import io.breakwater.core.business.concurrency.WaitingCall;
import io.breakwater.server.interceptor.Decision;
import io.breakwater.server.interceptor.InterceptedCall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The items of one batch in one cost class. They have one place in the queue of the class: while one of them waits there
 * for a permit, the others wait here for their turn, so that a batch cannot overload a class by itself. If the class refuses
 * an item while others of the batch run, it waits here until one of them has ended: it would otherwise be refused because
 * of its own batch. If none runs, the refusal applies to all that wait. Thread-safe.
 */
final class ClassItems {
    private final ConcurrencyLimiter limiter;
    private final boolean holdsBatch;
    private final ArrayDeque<Item> held = new ArrayDeque<>(); // guarded by this
    private Turn turn = Turn.FREE; // guarded by this
    private int running; // guarded by this

    /** An item that waits for its decision. */
    private record Item(InterceptedCall call, CompletableFuture<Decision> decision) {}

    /** Whether the next item may request a permit. */
    private enum Turn {
        FREE,
        /** An item requests a permit, or waits in the queue of the class. */
        TAKEN,
        /** An item that runs has to end first. */
        AFTER_AN_ITEM
    }

    /**
     * Creates a class without items.
     *
     * @param holdsBatch whether the batch holds its own permit in this class. Its items then run with it, one after another:
     *     otherwise batches that hold all permits of a class would wait for each other
     */
    ClassItems(ConcurrencyLimiter limiter, boolean holdsBatch) {
        this.limiter = limiter;
        this.holdsBatch = holdsBatch;
    }

    /** Decides whether an item runs, at once or later. */
    Decision admit(InterceptedCall call) {
        var item = new Item(call, new CompletableFuture<>());
        synchronized (this) {
            held.addLast(item);
        }
        call.context().onCancel(() -> withdraw(item));
        requestPermits();
        var decision = item.decision();
        return decision.isDone() ? decision.join() : new Decision.Defer(decision);
    }

    private synchronized void withdraw(Item item) {
        held.remove(item);
    }

    /** Ends an item that was admitted, whose permit is free again. */
    void end() {
        synchronized (this) {
            running--;
            turn = turn == Turn.AFTER_AN_ITEM ? Turn.FREE : turn;
        }
        requestPermits();
    }

    // ---- requests, outside the lock, since they may decide other calls ----------------------------------------------

    private void requestPermits() {
        for (var next = next(); next != null; next = next()) {
            request(next);
        }
    }

    private synchronized @Nullable Item next() {
        var next = turn == Turn.FREE ? held.poll() : null;
        turn = next == null ? turn : Turn.TAKEN;
        return next;
    }

    private void request(Item item) {
        if (holdsBatch) {
            start(item, Turn.AFTER_AN_ITEM, Decision.PROCEED);
            return;
        }
        var admission = limiter.request(item.call(), PermitScope.ITEM);
        if (admission instanceof WaitingCall waiting) {
            item.call().context().onCancel(() -> cancel(waiting));
            waiting.result().thenAccept(later -> {
                decide(item, later);
                requestPermits();
            });
        } else {
            decide(item, admission);
        }
    }

    private void start(Item item, Turn next, Decision decision) {
        synchronized (this) {
            running++;
            turn = next;
        }
        item.decision().complete(decision);
    }

    private void cancel(WaitingCall waiting) {
        if (limiter.withdraw(waiting)) {
            synchronized (this) {
                turn = Turn.FREE;
            }
            requestPermits();
        }
    }

    private void decide(Item item, Admission admission) {
        if (admission instanceof Rejection rejection) {
            refused(item, rejection)
                    .forEach(refused -> refused.decision().complete(limiter.decide(refused.call(), rejection)));
        } else {
            start(item, Turn.FREE, limiter.decide(item.call(), admission));
        }
    }

    /** Returns the items to which a rejection applies. */
    private synchronized List<Item> refused(Item item, Rejection rejection) {
        if (rejection.reason() == Reason.DEADLINE) {
            turn = Turn.FREE;
            return List.of(item);
        }
        held.addFirst(item);
        if (running > 0) {
            turn = Turn.AFTER_AN_ITEM;
            return List.of();
        }
        turn = Turn.FREE;
        var all = new ArrayList<>(held);
        held.clear();
        return all;
    }
}
