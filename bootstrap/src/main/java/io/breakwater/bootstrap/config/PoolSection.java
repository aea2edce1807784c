package io.breakwater.bootstrap.config;

import io.breakwater.adapter.postgres.PoolSettings;
import java.time.Duration;

/** How {@link PoolSettings} are written in a configuration. */
final class PoolSection {
    private static final Duration SHORTEST_LEAK = Duration.ofSeconds(2);

    private PoolSection() {}

    static PoolSettings read(SectionReader pool, PoolSettings standard) {
        int min = pool.get(Setting.whole("min", 0, 10_000)
                .byDefault(standard.min())
                .means("How many connections are kept open while nobody needs them."));
        int max = pool.get(
                Setting.whole("max", 1, 10_000).byDefault(standard.max()).means("How many are open at most."));
        var acquire = pool.get(Setting.duration("acquire-timeout", Duration.ofMillis(250), Duration.ofMinutes(5))
                .byDefault(standard.acquireTimeout())
                .means("How long a call waits for one to become free."));
        var leak = leakAfter(pool, standard);
        return pool.made(() -> new PoolSettings(min, max, acquire, leak), standard);
    }

    /** Refused by itself, so that a pool whose other settings are refused together has both in the report. */
    private static Duration leakAfter(SectionReader pool, PoolSettings standard) {
        var setting = Setting.duration("leak-after", Duration.ZERO, Duration.ofDays(1))
                .byDefault(standard.leakAfter())
                .means("After which time in use a connection is reported in the log, with the call that has it;"
                        + " 0s for never.");
        var leak = pool.get(setting);
        if (leak.isPositive() && leak.compareTo(SHORTEST_LEAK) < 0) {
            pool.refuse(setting, "it is shorter than 2s", "write 2s or more, or 0s for never");
            return standard.leakAfter();
        }
        return leak;
    }
}
