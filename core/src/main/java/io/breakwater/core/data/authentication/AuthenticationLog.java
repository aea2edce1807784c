package io.breakwater.core.data.authentication;

import io.breakwater.core.business.authentication.FailureListener;
import io.breakwater.core.business.authentication.FailureReason;
import io.breakwater.core.business.authentication.FailureSource;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs failed authentications: for each reason, explanation and network at most one warning in a minute, with the number
 * of failures that it stands for. Because callers choose networks and parts of explanations, the number of such lines is
 * limited; further failures share one line for each reason. In each minute with failures, one line names the networks
 * that fail most. A missing credential is no warning, because OAuth clients begin with a request that has none.
 * Thread-safe.
 */
public final class AuthenticationLog implements FailureListener {
    private static final Logger LOG = LoggerFactory.getLogger("io.breakwater.authentication");
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final int MAX_NETWORKS = 1_000;
    private static final int SHOWN_NETWORKS = 10;
    private static final int MAX_DETAIL = 300;
    private static final int MAX_CAUSES = 20;

    private final ServerExecutors executors;
    private final Map<Cause, Pending> pending = new LinkedHashMap<>(); // guarded by this
    private final Map<String, Integer> networks = new HashMap<>(); // guarded by this
    private int others; // guarded by this

    /** Creates the log and starts its timer, which the executors end. */
    public AuthenticationLog(ServerExecutors executors) {
        this.executors = executors;
        executors.scheduleRepeatedly(INTERVAL, this::logRound);
    }

    @Override
    public synchronized void failed(FailureReason reason, String address, String detail) {
        var network = FailureSource.of(address).network();
        count(network);
        if (reason == FailureReason.MISSING) {
            return;
        }
        var cause = new Cause(reason, harmless(detail), network);
        if (!pending.containsKey(cause) && pending.size() >= MAX_CAUSES) {
            cause = new Cause(reason, "", "");
        }
        var failures = pending.computeIfAbsent(cause, missing -> new Pending(executors.nanoTime()));
        failures.add(detail);
        failures.logIfDue(cause);
    }

    /**
     * What the failures of one line have in common.
     *
     * @param detail the explanation; empty for failures of all explanations and networks
     */
    private record Cause(FailureReason reason, String detail, String network) {}

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
            pending.forEach((cause, failures) -> failures.logIfDue(cause));
            pending.values().removeIf(Pending::isOver);
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

    /** The failures of one cause that the log does not have yet. */
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

        boolean isOver() {
            return count == 0 && executors.nanoTime() - nextLine >= 0;
        }

        void logIfDue(Cause cause) {
            long now = executors.nanoTime();
            if (count > 0 && now - nextLine >= 0) {
                LOG.atWarn()
                        .addKeyValue("reason", cause.reason.label())
                        .addKeyValue("count", count)
                        .log("{} not authenticated: {}{}", subject(cause), cause.reason.label(), explanation());
                count = 0;
                nextLine = now + INTERVAL.toNanos();
            }
        }

        private String explanation() {
            return detail.isEmpty() ? "." : ". " + harmless(detail);
        }

        private String subject(Cause cause) {
            var from = cause.network.isEmpty() ? "" : " from " + cause.network;
            return count == 1 ? "A request" + from + " was" : count + " requests" + from + " were";
        }
    }

    /** Details can repeat values that callers choose, such as the audience of a token. */
    private static String harmless(String detail) {
        var line = detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL) + "…";
        return line.replaceAll("\\p{Cntrl}", "?");
    }
}
