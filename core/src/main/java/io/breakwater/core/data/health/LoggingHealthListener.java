package io.breakwater.core.data.health;

import io.breakwater.core.business.health.CheckReport;
import io.breakwater.core.business.health.CheckReport.State;
import io.breakwater.core.business.health.HealthListener;
import io.breakwater.port.PortException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes one line to the log when a dependency goes away, one when the reason turns out to be another, and one when it
 * comes back. What has never been there since the start is often set up wrongly, so that its second reason is a
 * warning, too: the first one of a cold start may be that something took too long.
 */
public final class LoggingHealthListener implements HealthListener {
    private static final Logger LOG = LoggerFactory.getLogger(LoggingHealthListener.class);

    private final Set<String> quiet;
    private final Map<String, Level> corrections =
            new ConcurrentHashMap<>(); // of those that are down, until it was told

    /** Warns of every dependency. */
    public LoggingHealthListener() {
        this(Set.of());
    }

    /**
     * Warns of most dependencies.
     *
     * @param quiet the names of those whose loss another one tells, together with what follows from it
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
            case UNKNOWN -> LOG.info("{} is not known to be up or down.", now.name());
        }
    }

    private void up(CheckReport now) {
        corrections.remove(now.name());
        LOG.info("{} is up.", now.name());
    }

    private void down(CheckReport before, CheckReport now, @Nullable Throwable cause) {
        boolean told = quiet.contains(now.name());
        corrections.put(now.name(), before.state() == State.UNKNOWN && !told ? Level.WARN : Level.INFO);
        if (told) {
            LOG.info("{} is down: {}", now.name(), now.reason());
        } else {
            LOG.warn("{} is down: {}", now.name(), now.reason(), beyondTheWords(cause));
        }
    }

    /** Reasons may alternate as long as the outage lasts: the health report has each, the log the first change. */
    private void downForAnotherReason(CheckReport now) {
        var level = corrections.remove(now.name());
        LOG.atLevel(level == null ? Level.DEBUG : level)
                .log("{} is still down, for another reason: {}", now.name(), now.reason());
    }

    /** A failure of a port says in words what is wrong; only what lies beneath it is worth a stack trace. */
    private static @Nullable Throwable beyondTheWords(@Nullable Throwable cause) {
        return cause instanceof PortException failure ? failure.getCause() : cause;
    }
}
