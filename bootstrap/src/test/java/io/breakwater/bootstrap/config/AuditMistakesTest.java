package io.breakwater.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of the audit log that would have no effect are errors. */
class AuditMistakesTest {
    @TempDir
    private Path folder = Path.of("");

    private List<String> errors(String audit) {
        return new ConfigFolder(folder)
                .file("breakwater.yaml", "audit: {" + audit + "}\n")
                .errors();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "on-failure: deny-all | audit.on-failure | there is no audit log; set audit.folder",
                "on-failure: allow | audit.on-failure | there is no audit log; set audit.folder",
                "name: example.com/log | audit.name | there is no audit log; set audit.folder",
                "signing-key-file: key | audit.signing-key-file | there is no audit log; set audit.folder",
                "checkpoint-webhook: 'https://log.example.com/' | audit.checkpoint-webhook | there is no audit log; set audit.folder",
                "folder: a, checkpoint-webhook-token: abc | audit.checkpoint-webhook-token | there is no service that receives it",
                "folder: a, checkpoint-store: true | audit.checkpoint-store | there is no store; set store.url",
                "folder: a, checkpoint-webhook: 'http://log.example.com/' | audit.checkpoint-webhook | write an https URL"
            })
    void aSettingWithoutWhatItNeedsIsAnError(String audit, String setting, String sentence) {
        assertThat(errors(audit)).singleElement().asString().contains(setting, sentence);
    }

    @Test
    void aCompleteConfigurationHasNoErrors() {
        assertThat(errors("folder: a, checkpoint-webhook: 'https://log.example.com/x', checkpoint-webhook-token: abc,"
                        + " checkpoint-store: true}\nstore: {url: 'postgresql://store@localhost/shop'"))
                .isEmpty();
    }

    @Test
    void theTokenIsNotShown() {
        assertThat(errors("folder: a, checkpoint-webhook-token: canary-38fa").toString())
                .doesNotContain("canary-38fa");
    }
}
