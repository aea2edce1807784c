package io.breakwater.core.data.health;

import io.breakwater.core.business.health.CheckReport;
import io.breakwater.core.business.health.CheckReport.State;
import io.breakwater.core.business.health.HealthListener;
import io.breakwater.port.PortException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs one line when a dependency goes down, one when the reason changes for the first time, and one when it recovers.
 * A dependency that has never been available since the start is often misconfigured, so its second reason is a warning
 * as well: the first one of a cold start may be a timeout.
 */
public final class LoggingHealthListener implements HealthListener {
    private static final Logger LOG = LoggerFactory.getLogger(LoggingHealthListener.class);

    private final Set<String> quiet;
    private final Map<String, Level> corrections =
            new ConcurrentHashMap<>(); // for dependencies that are down, until the second reason is logged

    /** Logs warnings for all dependencies. */
    public LoggingHealthListener() {
        this(Set.of());
    }

    /**
     * Logs warnings for most dependencies.
     *
     * @param quiet the names of dependencies for which another component logs the outage and its consequences
     */
    public LoggingHealthListener(Set<String> quiet) {
        this.quiet = Set.copyOf(quiet);
    }

    @Override
    public void changed(CheckReport before, CheckReport now, @Nullable Throwable cause) {
        switch (now.state()) {
            case UP -> up(now);
            case DOWN -> {
                if (before.state() == State.DOWN) {
                    downForAnotherReason(now);
                } else {
                    down(before, now, cause);
                }
            }
            case UNKNOWN -> LOG.info("The state of {} is unknown.", now.name());
        }
    }

    private void up(CheckReport now) {
        corrections.remove(now.name());
        LOG.info("{} is up.", now.name());
    }

    private void down(CheckReport before, CheckReport now, @Nullable Throwable cause) {
        boolean isQuiet = quiet.contains(now.name());
        corrections.put(now.name(), before.state() == State.UNKNOWN && !isQuiet ? Level.WARN : Level.INFO);
        if (isQuiet) {
            LOG.info("{} is down: {}", now.name(), now.reason());
        } else {
            LOG.warn("{} is down: {}", now.name(), now.reason(), traceableCause(cause));
        }
    }

    /** Reasons may alternate during an outage: the health report shows each one, the log only the first change. */
    private void downForAnotherReason(CheckReport now) {
        var level = corrections.remove(now.name());
        LOG.atLevel(level == null ? Level.DEBUG : level)
                .log("{} is still down, for another reason: {}", now.name(), now.reason());
    }

    /**
     * Returns the cause for the stack trace: a port exception has a full message, so that only its own cause is of
     * interest, and not even that if it is an error of a file or a connection, which the message names.
     */
    private static @Nullable Throwable traceableCause(@Nullable Throwable cause) {
        var inner = cause instanceof PortException failure ? failure.getCause() : cause;
        if (cause instanceof PortException && inner instanceof IOException) {
            LOG.debug("The failure has this cause.", inner);
            return null;
        }
        return inner;
    }
}
