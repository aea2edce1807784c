package io.breakwater.adapter.postgres.connection;

import io.breakwater.port.PortException;
import org.jspecify.annotations.Nullable;

/** Reports that the time of a call is over. */
public final class CallDeadline {
    private CallDeadline() {}

    /** The deadline of the call has passed, or the call was cancelled. */
    public static PortException exceeded(@Nullable Throwable cause) {
        return new PortException.DeadlineExceededException(
                "The database did not answer within the time of the call.", cause);
    }
}
