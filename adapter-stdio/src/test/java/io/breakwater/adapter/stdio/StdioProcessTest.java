package io.breakwater.adapter.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The standard streams of a real process. */
class StdioProcessTest {
    @TempDir
    private Path folder;

    private Process process;

    @BeforeEach
    void start() throws IOException {
        process = start(List.of());
    }

    private Process start(List<String> through) throws IOException {
        var command = new ArrayList<>(through);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                EchoProcess.class.getName()));
        return new ProcessBuilder(command)
                .redirectError(folder.resolve("stderr").toFile())
                .start();
    }

    @AfterEach
    void kill() {
        process.destroyForcibly();
    }

    @Test
    void writesNothingButMessagesAndEndsWithItsInput() throws Exception {
        process.getOutputStream().write("1\n\n2\r\n3".getBytes(UTF_8));
        process.getOutputStream().close();

        assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).isEqualTo("<1>\n<2>\n<3>\n");
        assertThat(process.waitFor(Eventually.SECONDS, TimeUnit.SECONDS))
                .as("has ended")
                .isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(Files.readString(folder.resolve("stderr"))).contains("not for the client", "nor this");
    }

    @Test
    void readsNothingWhenItsInputWasClosedBeforeItStarted() throws Exception {
        kill();
        process = start(List.of("sh", "-c", "exec \"$@\" <&-", "sh"));

        assertThat(process.waitFor(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(process.getInputStream().readAllBytes()).isEmpty();
    }

    @Test
    void survivesALineOfAGibibyteInAHeapOf32Mebibytes() throws Exception {
        var chunk = new byte[1 << 20];
        Arrays.fill(chunk, (byte) ' ');
        var toServer = process.getOutputStream();
        for (var i = 0; i < 1024; i++) {
            toServer.write(chunk);
        }
        toServer.write("\nstill here\n".getBytes(UTF_8));
        toServer.close();

        var lines = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        assertThat(lines).hasSize(2).last().isEqualTo("<still here>");
        assertThat(lines.getFirst()).contains("StdioSettings.maxLine");
    }

    @Test
    void endsWithItsInputEvenWhenItsOutputIsNotRead() throws Exception {
        process.getInputStream().close();

        process.getOutputStream().write("1\n".getBytes(UTF_8));
        process.getOutputStream().close();

        assertThat(process.waitFor(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
    }
}
