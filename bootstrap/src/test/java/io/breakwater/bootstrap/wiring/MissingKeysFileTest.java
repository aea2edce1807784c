package io.breakwater.bootstrap.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.config.ConfigurationSources;
import io.breakwater.port.driving.Authentication;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Authentication.Challenge;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.RemotePeer;
import io.breakwater.sample.outage.CoversOutage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of API keys that cannot be found does not open a server that was to have one. */
class MissingKeysFileTest {
    @TempDir
    private Path folder = Path.of("");

    private Authentication withoutCredential(String yaml) throws IOException {
        var file = Files.writeString(folder.resolve("breakwater.yaml"), yaml);
        var configuration = Configuration.load(new ConfigurationSources(file, Map.of(), List.of(), folder));
        try (var server = ApplicationComponent.of(configuration).server()) {
            return server.host()
                    .authenticator()
                    .authenticate(HeaderFields.NONE, new RemotePeer("203.0.113.9"))
                    .toCompletableFuture()
                    .join();
        }
    }

    @Test
    @CoversOutage("API keys: API keys file missing at the start, named by a setting")
    void aFileThatTheConfigurationNamesIsRequired() throws IOException {
        assertThat(withoutCredential("auth: {api-keys-file: " + folder.resolve("absent.json") + "}"))
                .isInstanceOf(Challenge.class);
    }

    @Test
    @CoversOutage("API keys: API keys file missing at the start, not named by a setting")
    void theDefaultFileIsNotRequired() throws IOException {
        assertThat(withoutCredential("server: {title: open}")).isInstanceOf(Authenticated.class);
    }
}
