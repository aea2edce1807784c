package io.breakwater.server.settings;

import static io.breakwater.port.support.SettingChecks.notNull;
import static io.breakwater.port.support.SettingChecks.positive;

import io.breakwater.port.RateLimit;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The limits on the rate of calls. A call is admitted if all its limits admit it. Anonymous callers are told apart by
 * their networks.
 *
 * @param principalTool the limit on the calls of each tool by each caller; null for none
 * @param principal the limit on all calls of each caller, of tools and of other methods; null for none
 * @param tool the limit on the calls of each tool by all callers together; null for none
 * @param global the limit on all calls together; null for none
 * @param tools the limits of some tools, by their names
 * @param localCallers whether callers over stdio and anonymous callers from this machine are limited too
 * @param keys the maximum number of callers and tools that are counted in memory
 * @param sharing how the servers of a deployment share the limits
 */
public record RateLimitSettings(
        @Nullable RateLimit principalTool,
        @Nullable RateLimit principal,
        @Nullable RateLimit tool,
        @Nullable RateLimit global,
        Map<String, ToolRateLimits> tools,
        boolean localCallers,
        int keys,
        Sharing sharing) {

    /**
     * The defaults: each caller may make 100 calls of each tool in a minute, 10 of them at once, and 600 calls in total,
     * 60 of them at once. Callers over stdio and anonymous callers from this machine are not limited.
     */
    public static final RateLimitSettings STANDARD = new RateLimitSettings(
            RateLimit.perMinute(100),
            RateLimit.perMinute(600),
            null,
            null,
            Map.of(),
            false,
            keysFor(Runtime.getRuntime().maxMemory()),
            Sharing.STANDARD);

    /** No limits. */
    public static final RateLimitSettings OFF =
            new RateLimitSettings(null, null, null, null, Map.of(), false, 1, Sharing.STANDARD);

    /** Copies the map, and refuses a number of keys below 1. */
    public RateLimitSettings {
        tools = Map.copyOf(tools);
        positive(keys, "RateLimitSettings.keys");
        notNull(sharing, "RateLimitSettings.sharing");
    }

    /** Returns one key for each 4 KiB of heap, but at most 100,000; a key takes about 250 bytes. */
    private static int keysFor(long heap) {
        return Math.clamp(heap / (4 << 10), 1_000, 100_000);
    }

    /** Returns a copy with another limit on the calls of each tool by each caller. */
    public RateLimitSettings withPrincipalTool(@Nullable RateLimit limit) {
        return new RateLimitSettings(limit, principal, tool, global, tools, localCallers, keys, sharing);
    }

    /** Returns a copy with another limit on all calls of each caller. */
    public RateLimitSettings withPrincipal(@Nullable RateLimit limit) {
        return new RateLimitSettings(principalTool, limit, tool, global, tools, localCallers, keys, sharing);
    }

    /** Returns a copy with another limit on the calls of each tool by all callers. */
    public RateLimitSettings withTool(@Nullable RateLimit limit) {
        return new RateLimitSettings(principalTool, principal, limit, global, tools, localCallers, keys, sharing);
    }

    /** Returns a copy with another limit on all calls. */
    public RateLimitSettings withGlobal(@Nullable RateLimit limit) {
        return new RateLimitSettings(principalTool, principal, tool, limit, tools, localCallers, keys, sharing);
    }

    /** Returns a copy with other limits of some tools. */
    public RateLimitSettings withTools(Map<String, ToolRateLimits> limits) {
        return new RateLimitSettings(principalTool, principal, tool, global, limits, localCallers, keys, sharing);
    }

    /** Returns a copy that limits callers over stdio and anonymous callers from this machine too, or does not. */
    public RateLimitSettings withLocalCallers(boolean limited) {
        return new RateLimitSettings(principalTool, principal, tool, global, tools, limited, keys, sharing);
    }

    /** Returns a copy with another maximum number of keys. */
    public RateLimitSettings withKeys(int number) {
        return new RateLimitSettings(principalTool, principal, tool, global, tools, localCallers, number, sharing);
    }

    /** Returns a copy with other settings for limits that servers share. */
    public RateLimitSettings withSharing(Sharing other) {
        return new RateLimitSettings(principalTool, principal, tool, global, tools, localCallers, keys, other);
    }

    /**
     * How the servers of a deployment share the limits.
     *
     * @param replicas the number of servers. While the shared store is not available, each server admits this part of the
     *     rates
     * @param timeout the maximum time that a call waits for the store
     * @param breakerPeriod the maximum time without requests to the store after it failed or was slow
     */
    public record Sharing(int replicas, Duration timeout, Duration breakerPeriod) {
        /** One server, 100 ms, and 5 s. */
        public static final Sharing STANDARD = new Sharing(1, Duration.ofMillis(100), Duration.ofSeconds(5));

        /** Refuses numbers and times that are not above zero. */
        public Sharing {
            positive(replicas, "RateLimitSettings.Sharing.replicas");
            positive(timeout, "RateLimitSettings.Sharing.timeout");
            positive(breakerPeriod, "RateLimitSettings.Sharing.breakerPeriod");
        }
    }
}
