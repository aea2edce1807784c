package io.breakwater.bootstrap.config;

import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.port.Json;
import io.breakwater.sample.docs.WrittenPart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The reference page says what the declarations say. */
class ConfigurationPageTest {
    @Test
    void thePageListsEverySetting() throws IOException {
        var sections = Configuration.load(withOneService()).sections();

        new WrittenPart("configuration.md", "after a change. -->\n", "<!-- end -->")
                .assertIs(sections.stream()
                        .map(ConfigurationPageTest::section)
                        .map(ConfigurationPageTest::forEachService)
                        .collect(Collectors.joining()));
    }

    /** The settings of a service exist for each name. */
    private static ConfigurationSources withOneService() {
        return new ConfigurationSources(
                null,
                Map.of(),
                List.of(new ConfigurationSources.Option("services.name.urls", "http://localhost", "--set")),
                Path.of(""));
    }

    private static String forEachService(String section) {
        return section.replace("services.name", "services.<name>")
                .replace("SERVICES_NAME_", "SERVICES_<NAME>_")
                .replace("API_KEY_NAME", "API_KEY_<NAME>");
    }

    private static String section(SectionReport section) {
        var heading =
                section.path().isEmpty() ? "" : "### `" + section.path() + "`\n\n" + section.description() + "\n\n";
        if (section.settings().isEmpty()) {
            return "\n" + heading.stripTrailing() + "\n";
        }
        return "\n" + heading + "| setting | default | meaning | variables |\n|---|---|---|---|\n"
                + section.settings().stream().map(ConfigurationPageTest::row).collect(Collectors.joining());
    }

    private static String row(EffectiveSetting setting) {
        var names = setting.variables().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
        return "| `%s` | %s | %s *Allowed: %s.* | %s |\n"
                .formatted(setting.path(), fallback(setting), setting.description(), setting.allowed(), names);
    }

    private static String fallback(EffectiveSetting setting) {
        if (setting.path().equals("server.version")) {
            return "the version of the program";
        }
        if (setting.path().equals("management.key-file")) {
            return "a file for this user and this port in `$XDG_RUNTIME_DIR`, or in the folder for temporary files";
        }
        return setting.fallback() == null ? "–" : "`" + plain(setting.fallback()) + "`";
    }

    private static String plain(@Nullable Json value) {
        return switch (value) {
            case null -> "";
            case Json.Text(var text) -> text;
            case Json.Arr(var items) when items.isEmpty() -> "[]";
            default -> JsonText.line(value);
        };
    }
}
