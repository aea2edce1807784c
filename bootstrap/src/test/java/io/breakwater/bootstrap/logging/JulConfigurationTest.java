package io.breakwater.bootstrap.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs in a process of its own, because the test runner uses java.util.logging before any test. */
@Tag("server")
class JulConfigurationTest {

    @Test
    void linesOfTheJdbcDriverAreLinesOfTheLog() throws IOException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DriverProcess.class.getName())
                .redirectErrorStream(true)
                .start();

        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(output.lines())
                .singleElement()
                .asString()
                .endsWith("\"level\":\"ERROR\",\"logger\":\"org.postgresql.example\""
                        + ",\"message\":\"The certificate of db names\\nanother host\"}");
    }
}
