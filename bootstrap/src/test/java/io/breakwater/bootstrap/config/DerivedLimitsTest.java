package io.breakwater.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.console.JsonText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Defaults that follow from another setting. */
class DerivedLimitsTest {

    @Test
    void oneAddressMayHaveHalfOfTheConnectionsThatAreSet() {
        var http = with("http.limits.connections=1000").settings().http();

        assertThat(http.limits().connections()).isEqualTo(1_000);
        assertThat(http.limits().connectionsPerAddress()).isEqualTo(500);
        assertThat(http.streams().open()).isEqualTo(500);
    }

    @Test
    void whatIsSetIsNotDerived() {
        var http = with(
                        "http.limits.connections=1000",
                        "http.limits.connections-per-address=900",
                        "http.streams.open=7")
                .settings()
                .http();

        assertThat(http.limits().connectionsPerAddress()).isEqualTo(900);
        assertThat(http.streams().open()).isEqualTo(7);
    }

    @Test
    void oneConnectionIsEnough() {
        assertThat(with("http.limits.connections=1").settings().http().limits().connectionsPerAddress())
                .isOne();
    }

    @Test
    void theDerivedValuesAreShown() {
        var shown = with("http.limits.connections=1000").sections().stream()
                .flatMap(section -> section.settings().stream())
                .filter(setting -> setting.path().equals("http.limits.connections-per-address"))
                .map(setting -> setting.value() == null ? "(none)" : JsonText.line(setting.value()));

        assertThat(shown).containsExactly("500");
    }

    @Test
    void memoryIsTakenAsSet() {
        var memory =
                with("limits.memory=2MiB", "limits.memory-share=50%").settings().memory();

        assertThat(memory.bytes()).isEqualTo(2 << 20);
        assertThat(memory.share()).isEqualTo(0.5);
        assertThat(with("limits.memory-share=100%").settings().memory().share()).isEqualTo(1);
    }

    private static Configuration with(String... settings) {
        var options = Stream.of(settings)
                .map(setting -> setting.split("=", 2))
                .map(pair -> new ConfigurationSources.Option(pair[0], pair[1], "--set"))
                .toList();
        return Configuration.load(new ConfigurationSources(null, Map.of(), List.copyOf(options), Path.of("")));
    }
}
