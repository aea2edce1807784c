package io.breakwater.bootstrap.config;

import io.breakwater.port.RateLimit;
import io.breakwater.server.settings.RateLimitSettings;
import io.breakwater.server.settings.RateLimitSettings.Sharing;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@link RateLimitSettings} from a configuration. */
final class RateLimitSection {
    static final String DESCRIPTION = "The limits on the rate of calls. docs/limits.md explains them.";

    private static final RateLimitSettings STANDARD = RateLimitSettings.STANDARD;
    private static final int MAX_BURST = 1_000_000;

    private static final Setting<Rate> PRINCIPAL_TOOL = Setting.rate("principal-tool")
            .byDefault(Rate.perMinute(100))
            .alsoFrom("RATE_LIMIT")
            .description("How many calls of each tool one caller may make. Anonymous callers are told apart by their"
                    + " network addresses.");
    private static final Setting<Integer> PRINCIPAL_TOOL_BURST = burst("principal-tool-burst");

    private static final Setting<Rate> PRINCIPAL = Setting.rate("principal")
            .byDefault(Rate.perMinute(600))
            .description("How many calls of all tools and other methods one caller may make.");
    private static final Setting<Integer> PRINCIPAL_BURST = burst("principal-burst");

    private static final Setting<Rate> TOOL = Setting.rate("tool")
            .byDefault(Rate.OFF)
            .description("How many calls of each tool all callers together may make.");
    private static final Setting<Integer> TOOL_BURST = burst("tool-burst");

    private static final Setting<Rate> GLOBAL =
            Setting.rate("global").byDefault(Rate.OFF).description("How many calls all callers together may make.");
    private static final Setting<Integer> GLOBAL_BURST = burst("global-burst");

    private static final Setting<Boolean> LOCAL_CALLERS = Setting.flag("local-callers")
            .byDefault(STANDARD.localCallers())
            .description("Whether callers over stdio and anonymous callers from this machine are limited too.");

    private static final Setting<Integer> KEYS = Setting.whole("keys", 1, 10_000_000)
            .description(
                    "How many callers and tools are counted in memory; one for each 4 KiB of heap unless set, at most"
                            + " 100000.");

    private static final Setting<Integer> REPLICAS = Setting.whole("replicas", 1, 10_000)
            .byDefault(STANDARD.sharing().replicas())
            .description("The number of servers that share Redis. While Redis is not available, each server admits this"
                    + " part of the rates.");

    private static final Setting<Duration> TIMEOUT = Setting.duration(
                    "timeout", Duration.ofMillis(100), Duration.ofSeconds(30))
            .byDefault(STANDARD.sharing().timeout())
            .description("How long a call waits for Redis; then the server decides alone.");

    private RateLimitSection() {}

    /** Reads the settings without those of single tools; the breaker of the cache applies to all uses of Redis. */
    static RateLimitSettings read(SectionReader rate, Duration breakerPeriod) {
        var principalTool = limit(rate, PRINCIPAL_TOOL, PRINCIPAL_TOOL_BURST);
        var principal = limit(rate, PRINCIPAL, PRINCIPAL_BURST);
        var tool = limit(rate, TOOL, TOOL_BURST);
        var global = limit(rate, GLOBAL, GLOBAL_BURST);
        var keys = rate.find(KEYS);
        var sharing = new Sharing(rate.get(REPLICAS), rate.get(TIMEOUT), breakerPeriod);
        return new RateLimitSettings(
                principalTool,
                principal,
                tool,
                global,
                Map.of(),
                rate.get(LOCAL_CALLERS),
                keys == null ? STANDARD.keys() : keys,
                sharing);
    }

    static Setting<Integer> burst(String name) {
        return Setting.whole(name, 1, MAX_BURST)
                .description("How many of them at once; a tenth of the calls unless set, but at least 10.");
    }

    static @Nullable RateLimit limit(SectionReader section, Setting<Rate> setting, Setting<Integer> burst) {
        var rate = section.find(setting);
        var size = section.find(burst);
        if (rate == null || rate.isOff()) {
            return null;
        }
        var limit = RateLimit.of(rate.calls(), rate.period());
        return size == null ? limit : section.create(() -> limit.withBurst(size), limit);
    }
}
