package io.breakwater.bootstrap.config;

import io.breakwater.adapter.postgres.PoolSettings;
import java.time.Duration;

/** Reads {@link PoolSettings} from a configuration. */
final class PoolSection {
    private static final Duration SHORTEST_LEAK = Duration.ofSeconds(2);

    private PoolSection() {}

    static PoolSettings read(SectionReader pool, PoolSettings standard) {
        int min = pool.get(Setting.whole("min", 0, 10_000)
                .byDefault(standard.min())
                .description("The number of idle connections that stay open."));
        int max = pool.get(Setting.whole("max", 1, 10_000)
                .byDefault(standard.max())
                .description("The maximum number of open connections."));
        var acquire = pool.get(Setting.duration("acquire-timeout", Duration.ofMillis(250), Duration.ofMinutes(5))
                .byDefault(standard.acquireTimeout())
                .description("How long a call waits for a free connection."));
        var leak = leakAfter(pool, standard);
        return pool.create(() -> new PoolSettings(min, max, acquire, leak), standard);
    }

    /** Checks this setting separately, so that its error is reported in addition to an error of the whole pool. */
    private static Duration leakAfter(SectionReader pool, PoolSettings standard) {
        var setting = Setting.duration("leak-after", Duration.ZERO, Duration.ofDays(1))
                .byDefault(standard.leakAfter())
                .description("The time in use after which the log reports a connection, with the call that uses it;"
                        + " 0s for never.");
        var leak = pool.get(setting);
        if (leak.isPositive() && leak.compareTo(SHORTEST_LEAK) < 0) {
            pool.refuse(setting, "it is shorter than 2s", "write 2s or more, or 0s for never");
            return standard.leakAfter();
        }
        return leak;
    }
}
