package io.breakwater.core.business.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FailureReasonTest {
    private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\|", Pattern.MULTILINE);

    @Test
    void thePageAboutSecurityExplainsEachReason() throws IOException {
        var page = Files.readString(Path.of("..", "docs", "security.md"));
        var table = page.substring(page.indexOf("\n| reason |"));
        var explained = ROW.matcher(table).results().map(row -> row.group(1));

        assertThat(explained)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(FailureReason.values())
                        .map(FailureReason::label)
                        .toList());
    }
}
