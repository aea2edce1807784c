package io.breakwater.core.business.concurrency;

import java.util.ArrayDeque;

/** The calls of one caller in one cost class. The pool guards its state. */
final class ClassShare {
    final CostClass costClass;
    final CallerLoad load;
    final ArrayDeque<WaitingCall> waiting = new ArrayDeque<>(1);
    int running;

    /** The number of permits that the caller received, in the virtual time of the class ({@link CostClass#charge}). */
    long received;

    ClassShare(CostClass costClass, CallerLoad load) {
        this.costClass = costClass;
        this.load = load;
    }

    boolean isIdle() {
        return running == 0 && waiting.isEmpty();
    }
}
