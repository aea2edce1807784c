package io.breakwater.core.data.operations;

import io.breakwater.core.business.operations.Changes;
import io.breakwater.core.business.operations.CheckReport;
import io.breakwater.port.Failure;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one line to the log when a dependency goes away, and one when it comes back. */
public final class LoggedChanges implements Changes {
    private static final Logger LOG = LoggerFactory.getLogger(LoggedChanges.class);

    private final Set<String> quiet;

    /** Warns of every dependency. */
    public LoggedChanges() {
        this(Set.of());
    }

    /**
     * Warns of most dependencies.
     *
     * @param quiet the names of those whose loss another one tells, together with what follows from it
     */
    public LoggedChanges(Set<String> quiet) {
        this.quiet = Set.copyOf(quiet);
    }

    @Override
    public void changed(CheckReport before, CheckReport now, @Nullable Throwable cause) {
        switch (now.state()) {
            case UP -> LOG.info("{} is up.", now.name());
            case DOWN -> down(now, cause);
            case UNKNOWN -> LOG.info("{} is not known to be up or down.", now.name());
        }
    }

    private void down(CheckReport now, @Nullable Throwable cause) {
        if (quiet.contains(now.name())) {
            LOG.info("{} is down: {}", now.name(), now.reason());
        } else {
            LOG.warn("{} is down: {}", now.name(), now.reason(), beyondTheWords(cause));
        }
    }

    /** A failure of a port says in words what is wrong; only what lies beneath it is worth a stack trace. */
    private static @Nullable Throwable beyondTheWords(@Nullable Throwable cause) {
        return cause instanceof Failure failure ? failure.getCause() : cause;
    }
}
