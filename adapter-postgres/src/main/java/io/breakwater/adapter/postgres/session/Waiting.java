package io.breakwater.adapter.postgres.session;

/** The present thread, which waits for something that has no other way to be told to stop. */
final class Waiting {
    private final Thread thread = Thread.currentThread();
    private boolean over; // guarded by this
    private boolean ended; // guarded by this

    /** Ends the wait, unless it is over. */
    synchronized void end() {
        if (!over) {
            ended = true;
            thread.interrupt();
        }
    }

    /** The thread goes on; what it does next is not interrupted by us. */
    synchronized void over() {
        over = true;
        if (ended) {
            var unused = Thread.interrupted();
        }
    }
}
