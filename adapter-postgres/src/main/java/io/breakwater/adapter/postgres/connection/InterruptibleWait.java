package io.breakwater.adapter.postgres.connection;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The present thread, which waits for something that has no other way to be told to stop. */
final class InterruptibleWait {
    private final Thread thread = Thread.currentThread();
    private boolean over; // guarded by this
    private boolean ended; // guarded by this
    private @Nullable SQLException reason; // guarded by this

    /** Ends the wait, unless it is over. */
    synchronized void end() {
        end(null);
    }

    /** The same, with the reason that the waiting call is given. */
    synchronized void end(@Nullable SQLException reason) {
        if (!over) {
            ended = true;
            this.reason = reason;
            thread.interrupt();
        }
    }

    /** The reason that was given, or else that failure itself. */
    synchronized SQLException reasonOr(SQLException failure) {
        return reason == null ? failure : reason;
    }

    /** The thread goes on; what it does next is not interrupted by us. */
    synchronized void over() {
        over = true;
        if (ended) {
            var unused = Thread.interrupted();
        }
    }
}
