package io.breakwater.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlWriterTest {
    @TempDir
    Path directory;

    @Test
    void showsEachValueWithItsOrigin() {
        var shown = YamlWriter.effective(new ConfigFolder(directory)
                .variable("MCP_SERVER_VERSION", "1.10")
                .option("http.port", "9000")
                .load()
                .sections());

        assertThat(shown)
                .contains("http:\n  host: 127.0.0.1  # default\n  port: 9000  # --set http.port\n")
                .contains("  version: \"1.10\"  # $MCP_SERVER_VERSION\n")
                .contains("  # delay: not set\n");
    }

    @Test
    void whatItShowsMeansTheSameWhenItIsRead() {
        var folder = new ConfigFolder(directory)
                .option("server.instructions", "Ask: first\n# then \"act\"")
                .option("server.name", "true")
                .option("log.file", "./a b.log");
        var before = folder.load();

        var again = new ConfigFolder(directory).file("breakwater.yaml", YamlWriter.effective(before.sections()));

        assertThat(again.load().settings()).isEqualTo(before.settings());
    }

    @Test
    void theTemplateChangesNothing() {
        var folder = new ConfigFolder(directory);
        var before = folder.load();

        folder.file("breakwater.yaml", YamlWriter.template(before.sections()));

        assertThat(folder.load().settings()).isEqualTo(before.settings());
    }

    @Test
    void theTemplateWithEveryCommentRemovedChangesNothingEither() {
        var folder = new ConfigFolder(directory);
        var before = folder.load();
        var template = YamlWriter.template(before.sections()).replaceAll("(?m)^( *)# ([a-z-]+:( .*)?)$", "$1$2");

        folder.file("breakwater.yaml", template);

        assertThat(template).contains("\n  port: 8080\n");
        assertThat(folder.load().settings()).isEqualTo(before.settings());
    }
}
