package io.breakwater.bootstrap.config;

import io.breakwater.port.Json;
import io.breakwater.server.settings.ConcurrencySettings;
import io.breakwater.server.settings.ConcurrencySettings.ToolConcurrency;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/** Reads {@link ConcurrencySettings} from the section {@code limits} of a configuration. */
final class ConcurrencySection {
    private static final ConcurrencySettings STANDARD = ConcurrencySettings.STANDARD;
    private static final String NAME = "[A-Za-z0-9_.-]{1,128}";

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
                            + " `limits.concurrency` calls wait.");

    private static final Setting<Duration> QUEUE_TIMEOUT = Setting.duration(
                    "queue-timeout", Duration.ofMillis(1), Duration.ofMinutes(5))
            .byDefault(STANDARD.queueTimeout())
            .description(
                    "The longest time that a call waits before it is refused. It is much shorter while the server is"
                            + " overloaded.");

    private static final Setting<String> TOOL = Setting.text("tool", NAME, "the name of a tool");
    private static final Setting<Integer> MAX = Setting.atLeast("max-concurrency", 1);
    private static final Setting<String> COST_CLASS = Setting.text("cost-class", NAME, "a name");

    private static final Setting<List<ToolConcurrency>> TOOLS = Setting.groups(
                    "tools",
                    new GroupType<>(
                            ConcurrencySection::tool,
                            ConcurrencySection::json,
                            List.of(TOOL.name(), MAX.name(), COST_CLASS.name())))
            .byDefault(List.of())
            .description(
                    "The maximum number of concurrent calls of single tools, and the classes of tools that share one"
                            + " limit, because they use the same resource. The environment variable contains the list as JSON.");

    private ConcurrencySection() {}

    static ConcurrencySettings read(SectionReader limits) {
        var perPrincipal = limits.find(PER_PRINCIPAL);
        boolean adaptive = limits.get(ADAPTIVE);
        int min = limits.get(MIN);
        var interval = limits.get(MIN_RTT_INTERVAL);
        int queueLength = limits.get(QUEUE_LENGTH);
        var queueTimeout = limits.get(QUEUE_TIMEOUT);
        var tools = limits.get(TOOLS);
        return new ConcurrencySettings(
                perPrincipal, adaptive, min, interval, queueLength, queueTimeout, unique(limits, tools));
    }

    private static List<ToolConcurrency> unique(SectionReader limits, List<ToolConcurrency> tools) {
        var names = new HashSet<String>();
        var repeated = tools.stream().filter(tool -> !names.add(tool.tool())).toList();
        repeated.forEach(tool ->
                limits.refuse(TOOLS, "two items are about the tool '" + tool.tool() + "'", "make one item of them"));
        return repeated.isEmpty() ? tools : List.of();
    }

    private static ToolConcurrency tool(SectionReader item) {
        var name = item.require(TOOL).orElse("?");
        var max = item.find(MAX);
        var costClass = item.find(COST_CLASS);
        if (item.group().get(MAX.name()) == null && item.group().get(COST_CLASS.name()) == null) {
            item.refuse("the item sets nothing", "write 'max-concurrency', 'cost-class' or both");
        }
        return new ToolConcurrency(name, max, costClass);
    }

    private static Json json(ToolConcurrency tool) {
        var json = Json.object().put("tool", tool.tool());
        if (tool.maxConcurrency() != null) {
            json.put("max-concurrency", tool.maxConcurrency());
        }
        return json.putIfPresent("cost-class", tool.costClass()).build();
    }
}
