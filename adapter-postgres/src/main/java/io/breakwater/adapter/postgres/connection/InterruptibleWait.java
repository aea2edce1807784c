package io.breakwater.adapter.postgres.connection;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A wait of the current thread that only an interrupt can end. */
final class InterruptibleWait {
    private final Thread thread = Thread.currentThread();
    private boolean finished; // guarded by this
    private boolean interrupted; // guarded by this
    private @Nullable SQLException reason; // guarded by this

    /** Interrupts the wait, unless it is finished. */
    synchronized void interrupt() {
        interrupt(null);
    }

    /** Interrupts the wait, unless it is finished, with the reason for the waiting call. */
    synchronized void interrupt(@Nullable SQLException reason) {
        if (!finished) {
            interrupted = true;
            this.reason = reason;
            thread.interrupt();
        }
    }

    /** The reason of the interrupt, or the given failure if there is none. */
    synchronized SQLException reasonOr(SQLException failure) {
        return reason == null ? failure : reason;
    }

    /** Ends the wait normally. Later work of the thread is not interrupted. */
    synchronized void finish() {
        finished = true;
        if (interrupted) {
            var unused = Thread.interrupted();
        }
    }
}
