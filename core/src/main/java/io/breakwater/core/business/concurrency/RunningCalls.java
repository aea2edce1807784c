package io.breakwater.core.business.concurrency;

import io.breakwater.core.business.concurrency.Rejection.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The calls that run, and the limits on them: for the server and for each caller a fixed number, and for each cost class
 * one that it determines itself. The pool guards its state.
 */
final class RunningCalls {
    private final int max;
    private final int maxPerCaller;
    private int running; // without the items of batches

    RunningCalls(int max, int maxPerCaller) {
        this.max = max;
        this.maxPerCaller = maxPerCaller;
    }

    /** Returns the limit because of which a call cannot run now; null if it can. */
    @Nullable
    Reason reachedLimit(ClassShare share, PermitScope scope, long now) {
        if (scope == PermitScope.CALL && running >= max) {
            return Reason.SERVER_LIMIT;
        }
        if (share.costClass.isFull(now)) {
            return Reason.CLASS_LIMIT;
        }
        return scope == PermitScope.CALL && share.load.running >= maxPerCaller ? Reason.PRINCIPAL_LIMIT : null;
    }

    /** Returns whether the server and the caller may have another call; the limit of the class is another matter. */
    boolean isAllowed(WaitingCall call) {
        return call.scope == PermitScope.ITEM || (running < max && call.share.load.running < maxPerCaller);
    }

    /** Returns whether no waiting call of this class can run at present. */
    boolean areBlocked(CostClass costClass, long now) {
        return costClass.isFull(now) || (running >= max && !costClass.queue.hasItems());
    }

    /** Returns the number of calls to which a limit is set at present. */
    int limit(Reason reason, CostClass costClass, long now) {
        return switch (reason) {
            case SERVER_LIMIT -> max;
            case PRINCIPAL_LIMIT -> maxPerCaller;
            case CLASS_LIMIT, QUEUE_TIMEOUT, DEADLINE -> costClass.limit(now);
        };
    }

    /** Counts a call whose permit is granted, or which continues after its suspension. */
    void add(Permit permit) {
        permit.share().costClass.started(permit.share());
        if (permit.scope() == PermitScope.CALL) {
            running++;
            permit.share().load.running++;
        }
    }

    /** Counts a call that ended or is suspended. */
    void remove(Permit permit) {
        permit.share().costClass.ended(permit.share());
        if (permit.scope() == PermitScope.CALL) {
            running--;
            permit.share().load.running--;
        }
    }
}
