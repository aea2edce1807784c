package io.breakwater.core.data.operations;

import io.breakwater.core.business.operations.Changes;
import io.breakwater.core.business.operations.CheckReport;
import io.breakwater.port.Failure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one line to the log when a dependency goes away, and one when it comes back. */
public final class LoggedChanges implements Changes {
    private static final Logger LOG = LoggerFactory.getLogger(LoggedChanges.class);

    /** Remembers nothing. */
    public LoggedChanges() {}

    @Override
    public void changed(CheckReport before, CheckReport now, @Nullable Throwable cause) {
        switch (now.state()) {
            case UP -> LOG.info("{} is up.", now.name());
            case DOWN -> LOG.warn("{} is down: {}", now.name(), now.reason(), beyondTheWords(cause));
            case UNKNOWN -> LOG.info("{} is not known to be up or down.", now.name());
        }
    }

    /** A failure of a port says in words what is wrong; only what lies beneath it is worth a stack trace. */
    private static @Nullable Throwable beyondTheWords(@Nullable Throwable cause) {
        return cause instanceof Failure failure ? failure.getCause() : cause;
    }
}
