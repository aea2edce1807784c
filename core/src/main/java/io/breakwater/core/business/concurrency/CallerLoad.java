package io.breakwater.core.business.concurrency;

/** The calls of one caller in all cost classes. The pool guards its state. */
final class CallerLoad {
    final Caller caller;

    /** The number of calls that run, without the items of batches. */
    int running;

    /** The number of calls and items that wait. */
    int waiting;

    /** The number of cost classes that have a share for the caller. */
    int shares;

    CallerLoad(Caller caller) {
        this.caller = caller;
    }
}
