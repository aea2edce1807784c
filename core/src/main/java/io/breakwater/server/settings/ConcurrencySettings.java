package io.breakwater.server.settings;

import static io.breakwater.port.support.SettingChecks.atLeast;
import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.nonNullCopy;
import static io.breakwater.port.support.SettingChecks.notNull;
import static io.breakwater.port.support.SettingChecks.positive;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How calls share the capacity of a server. {@code Limits.concurrency} is the limit on all calls together; these
 * settings divide it between tools and principals, and say what happens to a call that finds no capacity.
 *
 * @param perPrincipal the maximum number of calls of one principal that run at the same time; null for half of {@code
 *     Limits.concurrency}. An anonymous caller is a network address
 * @param adaptive whether the limit of each cost class follows the latency of its calls
 * @param minLimit the minimum of an adaptive limit
 * @param minRttInterval the pause between two measurements of the latency without load, from which adaptive limits are
 *     derived
 * @param queueLength the maximum number of calls of one cost class that wait for a permit; 0 refuses them at once. No
 *     more calls wait in total than may run, and no more of one principal than half of these, or than {@code perPrincipal}
 *     if that is more
 * @param queueTimeout the maximum time that a call waits for a permit. It counts towards the deadline
 * @param tools the limits and cost classes of tools, which replace those of their definitions
 */
public record ConcurrencySettings(
        @Nullable Integer perPrincipal,
        boolean adaptive,
        int minLimit,
        Duration minRttInterval,
        int queueLength,
        Duration queueTimeout,
        List<ToolConcurrency> tools) {

    private static final int MAX_DAYS = 365;

    /**
     * The defaults: half of all calls for one principal, adaptive limits of at least 4 whose base is measured every
     * minute, and 100 calls of each cost class that wait for up to 1 s.
     */
    public static final ConcurrencySettings STANDARD =
            new ConcurrencySettings(null, true, 4, Duration.ofMinutes(1), 100, Duration.ofSeconds(1), List.of());

    /** Refuses values out of range, and two entries for one tool. */
    public ConcurrencySettings {
        if (perPrincipal != null) {
            positive(perPrincipal, "ConcurrencySettings.perPrincipal");
        }
        positive(minLimit, "ConcurrencySettings.minLimit");
        positive(minRttInterval, MAX_DAYS, "ConcurrencySettings.minRttInterval");
        atLeast(0, queueLength, "ConcurrencySettings.queueLength");
        positive(queueTimeout, MAX_DAYS, "ConcurrencySettings.queueTimeout");
        tools = nonNullCopy(tools, "ConcurrencySettings.tools");
        var names = new HashSet<String>();
        tools.forEach(tool -> check(names.add(tool.tool()), "tools must contain each tool once: " + tool.tool()));
    }

    /** Returns the maximum number of calls of one principal if this many calls may run in total. */
    public int maxPerPrincipal(int total) {
        return perPrincipal == null ? (total + 1) / 2 : perPrincipal;
    }

    /** Returns a copy with another maximum number of calls of one principal. */
    public ConcurrencySettings withPerPrincipal(int calls) {
        return new ConcurrencySettings(calls, adaptive, minLimit, minRttInterval, queueLength, queueTimeout, tools);
    }

    /** Returns a copy whose limits do not follow the latency. */
    public ConcurrencySettings withoutAdaptiveLimits() {
        return new ConcurrencySettings(perPrincipal, false, minLimit, minRttInterval, queueLength, queueTimeout, tools);
    }

    /** Returns a copy with another minimum of adaptive limits, and another pause between two measurements. */
    public ConcurrencySettings withAdaptiveLimits(int minLimit, Duration minRttInterval) {
        return new ConcurrencySettings(perPrincipal, true, minLimit, minRttInterval, queueLength, queueTimeout, tools);
    }

    /** Returns a copy with another queue. */
    public ConcurrencySettings withQueue(int length, Duration timeout) {
        return new ConcurrencySettings(perPrincipal, adaptive, minLimit, minRttInterval, length, timeout, tools);
    }

    /** Returns a copy with other limits and cost classes of tools. */
    public ConcurrencySettings withTools(List<ToolConcurrency> tools) {
        return new ConcurrencySettings(
                perPrincipal, adaptive, minLimit, minRttInterval, queueLength, queueTimeout, tools);
    }

    /**
     * The limit and the cost class of one tool.
     *
     * @param tool the name of the tool
     * @param maxConcurrency the maximum number of its calls that run at the same time; null for that of its definition
     * @param costClass the name of the cost class; null for that of its definition, which is a class of its own by
     *     default. Tools of one class share one adaptive limit, and the smallest {@code maxConcurrency} among them
     */
    public record ToolConcurrency(
            String tool,
            @Nullable Integer maxConcurrency,
            @Nullable String costClass) {
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

        /** Refuses a limit below 1, and a class whose name could not be the value of a label. */
        public ToolConcurrency {
            notNull(tool, "ToolConcurrency.tool");
            if (maxConcurrency != null) {
                positive(maxConcurrency, "ToolConcurrency.maxConcurrency");
            }
            check(
                    costClass == null || NAME.matcher(costClass).matches(),
                    "costClass must be 1 to 128 characters of A-Z a-z 0-9 _ . -, but is \"" + costClass + "\".");
        }
    }
}
