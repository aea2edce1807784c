package io.breakwater.bootstrap.config;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.breakwater.port.RateLimit;
import io.breakwater.server.settings.ConcurrencySettings;
import io.breakwater.server.settings.ConcurrencySettings.ToolConcurrency;
import io.breakwater.server.settings.RateLimitSettings;
import io.breakwater.server.settings.ToolRateLimits;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the limits of single tools, {@code limits.tools}, from the section {@code limits} of a configuration. */
final class ToolLimitsSection {
    private static final String NAME = "[A-Za-z0-9_.-]{1,128}";

    private static final Setting<String> TOOL = Setting.text("tool", NAME, "the name of a tool");
    private static final Setting<Rate> LIMIT = Setting.rate("limit");
    private static final Setting<Integer> BURST = RateLimitSection.burst("burst");
    private static final Setting<Rate> TOTAL = Setting.rate("total");
    private static final Setting<Integer> TOTAL_BURST = RateLimitSection.burst("total-burst");
    private static final Setting<Integer> MAX_CONCURRENCY = Setting.atLeast("max-concurrency", 1);
    private static final Setting<String> COST_CLASS = Setting.text("cost-class", NAME, "a name");

    private static final Setting<List<ToolLimits>> TOOLS = Setting.groups(
                    "tools",
                    new GroupType<>(
                            ToolLimitsSection::tool,
                            ToolLimits::report,
                            Stream.of(TOOL, LIMIT, BURST, TOTAL, TOTAL_BURST, MAX_CONCURRENCY, COST_CLASS)
                                    .map(Setting::name)
                                    .toList()))
            .byDefault(List.of())
            .description(
                    "The limits of single tools: `tool` is the name; `limit` and `burst` replace the rate limit of each"
                            + " caller (`limits.rate.principal-tool`), `total` and `total-burst` that of all callers"
                            + " (`limits.rate.tool`); `max-concurrency` is the maximum number of concurrent calls, and tools of"
                            + " one `cost-class` share a limit, because they use the same resource. The environment variable"
                            + " contains the list as JSON.");

    private final List<ToolLimits> tools;

    private ToolLimitsSection(List<ToolLimits> tools) {
        this.tools = tools;
    }

    static ToolLimitsSection read(SectionReader limits) {
        var tools = limits.get(TOOLS);
        var names = new HashSet<String>();
        var repeated = tools.stream().filter(tool -> !names.add(tool.tool())).toList();
        repeated.forEach(tool ->
                limits.refuse(TOOLS, "two items are about the tool '" + tool.tool() + "'", "make one item of them"));
        return new ToolLimitsSection(repeated.isEmpty() ? tools : List.of());
    }

    /** Returns these settings with the rate limits of the tools. */
    RateLimitSettings addTo(RateLimitSettings rates) {
        return rates.withTools(tools.stream()
                .filter(ToolLimits::limitsRate)
                .collect(toUnmodifiableMap(ToolLimits::tool, ToolLimits::rates)));
    }

    /** Returns these settings with the cost classes of the tools, and their maximum numbers of concurrent calls. */
    ConcurrencySettings addTo(ConcurrencySettings concurrency) {
        return concurrency.withTools(tools.stream()
                .filter(ToolLimits::limitsConcurrency)
                .map(ToolLimits::concurrency)
                .toList());
    }

    private static ToolLimits tool(SectionReader item) {
        var name = item.require(TOOL).orElse("?");
        var rates = new ToolRateLimits(ownLimit(item, LIMIT, BURST), ownLimit(item, TOTAL, TOTAL_BURST));
        var concurrency = new ToolConcurrency(name, item.find(MAX_CONCURRENCY), item.find(COST_CLASS));
        if (Stream.of(LIMIT, TOTAL, MAX_CONCURRENCY, COST_CLASS).noneMatch(setting -> isWritten(item, setting))) {
            item.refuse("the item sets nothing", "write 'limit', 'total', 'max-concurrency' or 'cost-class'");
        }
        return new ToolLimits(rates, concurrency);
    }

    private static boolean isWritten(SectionReader item, Setting<?> setting) {
        return item.group().get(setting.name()) != null;
    }

    /** An item that exists to set a limit cannot remove one: a high limit has the same effect. */
    private static @Nullable RateLimit ownLimit(SectionReader item, Setting<Rate> setting, Setting<Integer> burst) {
        var rate = item.find(setting);
        if (rate != null && rate.isOff()) {
            item.refuse(setting, "one tool cannot be without a limit", "write a high one, such as 1000/s");
        }
        if (isWritten(item, burst) && !isWritten(item, setting)) {
            item.refuse(burst, "it is the burst of '" + setting.name() + "', which is missing", "write both");
        }
        return RateLimitSection.limit(item, setting, burst);
    }
}
