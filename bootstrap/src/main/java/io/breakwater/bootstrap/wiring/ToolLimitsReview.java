package io.breakwater.bootstrap.wiring;

import io.breakwater.bootstrap.config.BreakwaterSettings;
import io.breakwater.port.support.NameSuggestion;
import io.breakwater.server.settings.ConcurrencySettings.ToolConcurrency;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds limits of tools that do not exist, whose names are probably misspelt. */
public final class ToolLimitsReview {
    private ToolLimitsReview() {}

    /**
     * Returns a sentence for each tool that has limits and does not exist.
     *
     * @param tools the names of all tools
     */
    public static List<String> warnings(BreakwaterSettings settings, Set<String> tools) {
        var limited = new TreeSet<>(settings.rateLimits().tools().keySet());
        settings.concurrency().tools().stream().map(ToolConcurrency::tool).forEach(limited::add);
        limited.removeAll(tools);
        return limited.stream().map(name -> sentence(name, tools)).toList();
    }

    private static String sentence(String name, Set<String> tools) {
        var hint = NameSuggestion.hint(name, tools).map(question -> "; " + question);
        return "limits.tools: no tool is called " + name + hint.orElse(".");
    }
}
