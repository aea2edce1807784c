package io.breakwater.bootstrap.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.config.ConfigurationSources;
import io.breakwater.bootstrap.config.YamlWriter;
import io.breakwater.core.testkit.InMemoryClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a caller reads of the configuration. */
class PublicConfigurationTest {
    @TempDir
    private Path folder = Path.of("");

    private String text() {
        return """
                server: {title: Visible}
                auth:
                  api-keys-file: hidden-keys.json
                  local-roles: [hidden-role]
                audit:
                  folder: %s/hidden-folder
                  checkpoint-webhook: https://hidden.example.com/hidden
                services:
                  hidden-service: {urls: [http://hidden.internal], api-key: hidden-key}
                access:
                  rules:
                    - {name: hidden rule, effect: deny, tools: [hidden_tool], roles: [hidden-role]}
                    - {name: everyone, effect: allow, resources: ["*"]}
                  scopes:
                    hierarchy: [{scope: hidden, includes: ["hidden:read"]}]
                """.formatted(folder);
    }

    private Configuration configuration() throws IOException {
        var file = Files.writeString(folder.resolve("breakwater.yaml"), text());
        return Configuration.load(new ConfigurationSources(file, Map.of(), List.of(), folder));
    }

    @Test
    void hasNoRulesAndNoIdentitiesUnlikeThatOfTheOperator() throws IOException {
        var configuration = configuration();

        try (var server = ApplicationComponent.of(configuration).server();
                var client = InMemoryClient.overConnection(server).connect()) {
            assertThat(client.read("config://effective").toString())
                    .contains("title: Visible", "outbound:")
                    .doesNotContain("hidden", "\\nauth:", "\\naccess:", "\\naudit:", "\\nservices:", "scopes:");
        }
        assertThat(YamlWriter.effective(configuration.sections()))
                .contains("hidden-keys.json", "hidden-role", "hidden rule", "hidden:read", "http://hidden.internal")
                .doesNotContain("hidden-key\"");
    }
}
