package io.breakwater.adapter.postgres.connection;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs one warning when an outage begins, and a line when its reason changes and when it ends.
 *
 * @param pool the name of the pool, as in the metrics
 */
record LoggingOutageLog(String pool) implements OutageLog {
    private static final Logger LOG = LoggerFactory.getLogger(LoggingOutageLog.class);

    @Override
    public void outageBegan(Outage outage, boolean serving) {
        if (serving && outage.fault().isRefusal()) {
            LOG.warn(
                    "{}: {} The open connections continue to serve calls.",
                    pool,
                    outage.sentence("No further connection"));
        } else {
            LOG.warn("{}: {} Breakwater retries every second.", pool, outage.sentence());
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
