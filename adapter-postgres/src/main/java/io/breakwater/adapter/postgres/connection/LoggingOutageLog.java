package io.breakwater.adapter.postgres.connection;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one warning to the log when a server goes away, and a line when the reason changes and when it is back.
 *
 * @param pool the name of the pool, as in the metrics
 */
record LoggingOutageLog(String pool) implements OutageLog {
    private static final Logger LOG = LoggerFactory.getLogger(LoggingOutageLog.class);

    @Override
    public void outageBegan(Outage outage, boolean serving) {
        if (serving && outage.fault().isRefusal()) {
            LOG.warn(
                    "{}: {} The open connections go on serving calls.", pool, outage.sentence("No further connection"));
        } else {
            LOG.warn("{}: {} Breakwater tries again every second.", pool, outage.sentence());
        }
    }

    @Override
    public void reasonChanged(Outage outage) {
        LOG.info("{}: {}", pool, outage.sentence());
    }

    @Override
    public void outageEnded(String place, Duration after) {
        LOG.info("{}: PostgreSQL at {} accepts connections again, after {} s.", pool, place, after.toSeconds());
    }
}
