package io.breakwater.core.data.authentication;

import io.breakwater.core.business.authentication.FailureListener;
import io.breakwater.core.business.authentication.FailureReason;
import io.breakwater.core.business.authentication.FailureSource;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs failed authentications: for each reason at most one warning in a minute, with the number of failures that it
 * stands for, and in each minute with failures one line with the networks that fail most. A missing credential is no
 * warning, because OAuth clients begin with a request that has none. Thread-safe.
 */
public final class AuthenticationLog implements FailureListener {
    private static final Logger LOG = LoggerFactory.getLogger("io.breakwater.authentication");
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final int MAX_NETWORKS = 1_000;
    private static final int SHOWN_NETWORKS = 10;
    private static final int MAX_DETAIL = 200;

    private final ServerExecutors executors;
    private final Map<FailureReason, Pending> pending = new EnumMap<>(FailureReason.class); // guarded by this
    private final Map<String, Integer> networks = new HashMap<>(); // guarded by this
    private int others; // guarded by this

    /** Creates the log and starts its timer, which the executors end. */
    public AuthenticationLog(ServerExecutors executors) {
        this.executors = executors;
        executors.scheduleRepeatedly(INTERVAL, this::logRound);
    }

    @Override
    public synchronized void failed(FailureReason reason, String address, String detail) {
        count(FailureSource.of(address).network());
        if (reason == FailureReason.MISSING) {
            return;
        }
        var failures = pending.computeIfAbsent(reason, missing -> new Pending(executors.nanoTime()));
        failures.add(detail);
        failures.logIfDue(reason);
    }

    private void count(String network) {
        if (networks.containsKey(network) || networks.size() < MAX_NETWORKS) {
            networks.merge(network, 1, Integer::sum);
        } else {
            others++;
        }
    }

    private void logRound() {
        Map<String, Integer> counts;
        int rest;
        synchronized (this) {
            pending.forEach((reason, failures) -> failures.logIfDue(reason));
            counts = Map.copyOf(networks);
            rest = others;
            networks.clear();
            others = 0;
        }
        if (!counts.isEmpty()) {
            LOG.info(
                    "Requests that were not authenticated since the last such line, by network: {}",
                    summary(counts, rest));
        }
    }

    private static String summary(Map<String, Integer> counts, int others) {
        var most = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(SHOWN_NETWORKS)
                .toList();
        int total =
                others + counts.values().stream().mapToInt(Integer::intValue).sum();
        int rest = total - most.stream().mapToInt(Map.Entry::getValue).sum();
        var shown = most.stream().map(entry -> entry.getKey() + " (" + entry.getValue() + ")");
        return shown.collect(Collectors.joining(", ")) + (rest == 0 ? "" : ", others (" + rest + ")");
    }

    /** The failures of one reason that the log does not have yet. */
    private final class Pending {
        private long count;
        private String detail = "";
        private long nextLine;

        Pending(long now) {
            this.nextLine = now;
        }

        void add(String newDetail) {
            count++;
            detail = newDetail;
        }

        void logIfDue(FailureReason reason) {
            long now = executors.nanoTime();
            if (count > 0 && now - nextLine >= 0) {
                LOG.atWarn()
                        .addKeyValue("reason", reason.label())
                        .addKeyValue("count", count)
                        .log("{} not authenticated: {}{}", subject(), reason.label(), explanation());
                count = 0;
                nextLine = now + INTERVAL.toNanos();
            }
        }

        private String explanation() {
            return detail.isEmpty() ? "." : ". " + harmless(detail);
        }

        private String subject() {
            return count == 1 ? "A request was" : count + " requests were";
        }
    }

    /** Details can repeat values that callers choose, such as the audience of a token. */
    private static String harmless(String detail) {
        var line = detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL) + "…";
        return line.replaceAll("\\p{Cntrl}", "?");
    }
}
