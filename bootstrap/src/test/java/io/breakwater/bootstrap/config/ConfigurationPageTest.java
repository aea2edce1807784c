package io.breakwater.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.text.JsonText;
import io.breakwater.port.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The reference page says what the declarations say; with {@code -Dbreakwater.docs=write} it is written anew. */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final String BEGIN = "after a change. -->\n";
    private static final String END = "<!-- end -->";

    @Test
    void thePageListsEverySetting() throws IOException {
        var page = Files.readString(PAGE);
        var expected = page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
                + Configuration.load(Sources.none()).chapters().stream()
                        .map(ConfigurationPageTest::chapter)
                        .collect(Collectors.joining())
                + page.substring(page.indexOf(END));

        if ("write".equals(System.getProperty("breakwater.docs"))) {
            Files.writeString(PAGE, expected);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(expected);
    }

    private static String chapter(Chapter chapter) {
        var heading = chapter.path().isEmpty() ? "" : "### `" + chapter.path() + "`\n\n" + chapter.meaning() + "\n\n";
        return "\n" + heading + "| setting | default | meaning | variables |\n|---|---|---|---|\n"
                + chapter.settings().stream().map(ConfigurationPageTest::row).collect(Collectors.joining());
    }

    private static String row(Effective setting) {
        var names = setting.variables().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
        return "| `%s` | %s | %s *Allowed: %s.* | %s |\n"
                .formatted(setting.path(), fallback(setting), setting.meaning(), setting.allowed(), names);
    }

    private static String fallback(Effective setting) {
        if (setting.path().equals("server.version")) {
            return "that of the program";
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
