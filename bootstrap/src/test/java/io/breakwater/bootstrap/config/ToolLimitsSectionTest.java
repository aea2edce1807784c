package io.breakwater.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.RateLimit;
import io.breakwater.server.settings.ConcurrencySettings.ToolConcurrency;
import io.breakwater.server.settings.ToolRateLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits of single tools and their mistakes. */
class ToolLimitsSectionTest {
    @TempDir
    private Path directory = Path.of("");

    private ConfigFolder folder = new ConfigFolder(directory);

    @BeforeEach
    void emptyFolder() {
        folder = new ConfigFolder(directory);
    }

    private ConfigFolder items(String yaml) {
        return folder.file("breakwater.yaml", "limits: {tools: [" + yaml + "]}\n");
    }

    private List<String> errors(String yaml) {
        return items(yaml).errors();
    }

    @Test
    void readsAllLimitsOfATool() {
        var settings = items("""
                        {tool: search, limit: 5/s, burst: 2, max-concurrency: 8},
                        {tool: report, total: 10/h, total-burst: 4},
                        {tool: query, cost-class: db}
                        """).load().settings();

        assertThat(settings.rateLimits().tools())
                .isEqualTo(Map.of(
                        "search",
                        new ToolRateLimits(RateLimit.perSecond(5).withBurst(2), null),
                        "report",
                        new ToolRateLimits(null, new RateLimit(10, Duration.ofHours(1), 4))));
        assertThat(settings.concurrency().tools())
                .containsExactly(new ToolConcurrency("search", 8, null), new ToolConcurrency("query", null, "db"));
    }

    @Test
    void reportsWhatItHasRead() {
        var item = "{\"tool\":\"search\",\"limit\":\"5/s\",\"burst\":2,\"total\":\"10/h\",\"total-burst\":4,"
                + "\"max-concurrency\":8,\"cost-class\":\"db\"}";
        folder.variable("BREAKWATER_LIMITS_TOOLS", "[" + item + "]");

        assertThat(folder.load().sections().stream()
                        .flatMap(section -> section.settings().stream())
                        .filter(setting -> setting.path().equals("limits.tools")))
                .singleElement()
                .asString()
                .contains(item);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{max-concurrency: 1} | 'tool' is missing",
                "{tool: search} | the item sets nothing; write 'limit', 'total', 'max-concurrency' or 'cost-class'",
                "{tool: two words, limit: 1/s} | 'two words' is not valid; write the name of a tool",
                "{tool: search, limit: off} | one tool cannot be without a limit; write a high one",
                "{tool: search, max-concurrency: 0} | max-concurrency",
                "{tool: search, burst: 5, max-concurrency: 1} | it is the burst of 'limit', which is missing; write both",
                "{tool: search, total-burst: 5, limit: 1/s} | it is the burst of 'total', which is missing",
            },
            quoteCharacter = '"')
    void refusesAnItemThatMakesNoSense(String item, String message) {
        assertThat(errors(item))
                .singleElement()
                .asString()
                .contains("limits.tools")
                .contains(message);
    }

    @Test
    void aToolIsListedOnce() {
        assertThat(errors("{tool: query, limit: 1/s}, {tool: query, cost-class: db}"))
                .singleElement()
                .asString()
                .contains("two items are about the tool 'query'; make one item of them");
    }

    @Test
    void theFormerListOfRateLimitsIsRefused() {
        folder.file("breakwater.yaml", "limits: {rate: {tools: [{tool: search, limit: 1/s}]}}\n");

        assertThat(folder.errors())
                .singleElement()
                .asString()
                .contains("limits.rate.tools: there is no such setting; it is now limits.tools");
    }
}
