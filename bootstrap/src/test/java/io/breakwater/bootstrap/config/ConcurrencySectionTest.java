package io.breakwater.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.server.settings.ConcurrencySettings.ToolConcurrency;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits of tools and their mistakes. */
class ConcurrencySectionTest {
    @TempDir
    private Path folder = Path.of("");

    private List<String> errors(String yaml) {
        return new ConfigFolder(folder).file("breakwater.yaml", yaml).errors();
    }

    @Test
    void readsTheLimitsOfTools() {
        var settings = Configuration.load(new ConfigurationSources(
                        null,
                        Map.of(
                                "BREAKWATER_LIMITS_TOOLS",
                                "[{\"tool\": \"one\", \"max-concurrency\": 8}, {\"tool\": \"two\", \"cost-class\": \"db\"}]",
                                "BREAKWATER_LIMITS_CONCURRENCY_PER_PRINCIPAL",
                                "9",
                                "BREAKWATER_LIMITS_QUEUE_LENGTH",
                                "0"),
                        List.of(),
                        Path.of("")))
                .settings()
                .concurrency();

        assertThat(settings.tools())
                .containsExactly(new ToolConcurrency("one", 8, null), new ToolConcurrency("two", null, "db"));
        assertThat(settings.maxPerPrincipal(100)).isEqualTo(9);
        assertThat(settings.queueLength()).isZero();
    }

    @Test
    void anItemNamesItsToolAndSetsSomething() {
        assertThat(errors("limits: {tools: [{max-concurrency: 1}]}\n"))
                .singleElement()
                .asString()
                .contains("limits.tools", "'tool' is missing");
        assertThat(errors("limits: {tools: [{tool: query}]}\n"))
                .singleElement()
                .asString()
                .contains("the item sets nothing; write 'max-concurrency', 'cost-class' or both");
        assertThat(errors("limits: {tools: [{tool: query, max-concurrency: 0}]}\n"))
                .singleElement()
                .asString()
                .contains("max-concurrency");
    }

    @Test
    void aToolIsListedOnce() {
        assertThat(errors("limits: {tools: [{tool: query, max-concurrency: 1}, {tool: query, cost-class: db}]}\n"))
                .singleElement()
                .asString()
                .contains("two items are about the tool 'query'; make one item of them");
    }
}
