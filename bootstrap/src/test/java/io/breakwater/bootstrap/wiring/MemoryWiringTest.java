package io.breakwater.bootstrap.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.config.ConfigurationSources;
import io.breakwater.core.testkit.HostedTransport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The configured memory and the keys of the configuration reach the transports. */
class MemoryWiringTest {

    @Test
    void aTransportGetsTheBudgetThatIsSet() {
        var options = List.of(
                new ConfigurationSources.Option("limits.memory", "2MiB", "--set"),
                new ConfigurationSources.Option("limits.memory-share", "50%", "--set"));
        var configuration = Configuration.load(new ConfigurationSources(null, Map.of(), options, Path.of("")));
        var transport = new HostedTransport();

        try (var server = ApplicationComponent.of(configuration).server().serve(transport)) {
            var memory = transport.host().memory();

            assertThat(server).isNotNull();
            assertThat(memory.limit()).isEqualTo(2 << 20);
            assertThat(memory.share()).isEqualTo(1 << 20);
            assertThat(transport.host().settingNames().nameOf("HttpSettings.Limits.bodyBytes"))
                    .isEqualTo("http.limits.body-bytes");
        }
    }
}
