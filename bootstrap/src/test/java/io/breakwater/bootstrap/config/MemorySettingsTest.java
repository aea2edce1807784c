package io.breakwater.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemorySettingsTest {
    private static final long HEAP = Runtime.getRuntime().maxMemory();

    private static List<String> errors(String name, Object value) {
        var option = new ConfigurationSources.Option(name, value.toString(), "--set");
        try {
            Configuration.load(new ConfigurationSources(null, Map.of(), List.of(option), Path.of("")));
            return List.of();
        } catch (ConfigurationException refused) {
            return refused.errors().stream().map(Object::toString).toList();
        }
    }

    @Test
    void messagesMayNotTakeMoreThanHalfOfTheHeap() {
        assertThat(errors("limits.memory", HEAP / 2 + 1))
                .singleElement()
                .asString()
                .startsWith("--set: limits.memory: it is more than half of the heap")
                .contains("raise the heap");
        assertThat(errors("limits.memory", HEAP / 2)).isEmpty();
    }

    @Test
    void aShareOfNothingIsBlamedOnItsOwnSetting() {
        assertThat(errors("limits.memory-share", "0%"))
                .singleElement()
                .asString()
                .startsWith("--set: limits.memory-share: '0%' is not valid")
                .contains("above 0%");
        assertThat(errors("limits.memory-share", "0.1%")).isEmpty();
        assertThat(errors("limits.memory-share", "100%")).isEmpty();
    }

    @Test
    void otherSharesMayBeNothing() {
        assertThat(errors("cache.jitter", "0%")).isEmpty();
    }
}
