package io.breakwater.bootstrap.config;

import io.breakwater.server.settings.ConcurrencySettings;
import java.time.Duration;
import java.util.List;

/** Reads {@link ConcurrencySettings} from the section {@code limits} of a configuration. */
final class ConcurrencySection {
    private static final ConcurrencySettings STANDARD = ConcurrencySettings.STANDARD;

    private static final Setting<Integer> PER_PRINCIPAL = Setting.atLeast("concurrency-per-principal", 1)
            .description("How many calls of one principal may run at the same time; half of `limits.concurrency` unless"
                    + " set. An anonymous caller is a network address, so set it to `limits.concurrency` behind a proxy"
                    + " without authentication.");

    private static final Setting<Boolean> ADAPTIVE = Setting.flag("adaptive-concurrency")
            .byDefault(STANDARD.adaptive())
            .description("Whether the limit of each tool on its concurrent calls follows their latency, below"
                    + " `limits.concurrency`.");

    private static final Setting<Integer> MIN = Setting.atLeast("min-concurrency", 1)
            .byDefault(STANDARD.minLimit())
            .description("The minimum of a limit that follows the latency.");

    private static final Setting<Duration> MIN_RTT_INTERVAL = Setting.duration(
                    "min-rtt-interval", Duration.ofSeconds(1), Duration.ofDays(1))
            .byDefault(STANDARD.minRttInterval())
            .description("The pause between two measurements of the latency without load (minRTT), from which these"
                    + " limits are derived.");

    private static final Setting<Integer> QUEUE_LENGTH = Setting.atLeast("queue-length", 0)
            .byDefault(STANDARD.queueLength())
            .description(
                    "How many calls of one tool may wait until others end; 0 refuses them at once. In total, at most"
                            + " `limits.concurrency` calls wait, at most half of them from one principal.");

    private static final Setting<Duration> QUEUE_TIMEOUT = Setting.duration(
                    "queue-timeout", Duration.ofMillis(1), Duration.ofMinutes(5))
            .byDefault(STANDARD.queueTimeout())
            .description(
                    "The longest time that a call waits before it is refused. It is much shorter while the server is"
                            + " overloaded.");

    private ConcurrencySection() {}

    /** Reads the settings without those of single tools. */
    static ConcurrencySettings read(SectionReader limits) {
        var perPrincipal = limits.find(PER_PRINCIPAL);
        boolean adaptive = limits.get(ADAPTIVE);
        int min = limits.get(MIN);
        var interval = limits.get(MIN_RTT_INTERVAL);
        int queueLength = limits.get(QUEUE_LENGTH);
        var queueTimeout = limits.get(QUEUE_TIMEOUT);
        return new ConcurrencySettings(perPrincipal, adaptive, min, interval, queueLength, queueTimeout, List.of());
    }
}
