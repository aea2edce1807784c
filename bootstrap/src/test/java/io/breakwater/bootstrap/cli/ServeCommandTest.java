package io.breakwater.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.lifecycle.StopSignal;
import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandTest {
    @TempDir
    Path folder;

    @Test
    void servesUntilASignal() throws Exception {
        var breakwater = new CommandRun(folder);
        var running = breakwater.start("serve", "--port", "0");

        var client = new CommandRun(folder);
        assertThat(client.run("tools", "--url", breakwater.address())).isZero();
        breakwater.signal(StopSignal.TERM);

        assertThat(running.get(Eventually.SECONDS, TimeUnit.SECONDS)).isZero();
        assertThat(client.run("tools", "--url", breakwater.address())).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(breakwater.log())
                .containsSubsequence("\"message\":\"Stopping\",\"signal\":\"TERM\"", "\"message\":\"Stopped\"");
    }

    @Test
    void warnsOnceThatALogFileCannotBeWritten() throws Exception {
        Files.writeString(folder.resolve("breakwater.yaml"), "log: {file: /dev/full, requests: all}");
        var breakwater = new CommandRun(folder);
        var running = breakwater.start("serve", "--port", "0");
        breakwater.awaitLog("log.file is down");
        var client = new CommandRun(folder);
        for (int call = 0; call < 5; call++) {
            assertThat(client.run("health", "--url", breakwater.address())).isZero();
        }
        assertThat(client.out()).contains("degraded");
        breakwater.signal(StopSignal.TERM);

        assertThat(running.get(Eventually.SECONDS, TimeUnit.SECONDS)).isZero();
        assertThat(breakwater.log().lines().filter(line -> line.contains("\"level\":\"WARN\"")))
                .singleElement()
                .asString()
                .contains("log.file is down: The log file /dev/full cannot be written: No space left on device.");
    }

    @Test
    void saysWhatToDoWhenThePortIsTaken() throws IOException {
        var breakwater = new CommandRun(folder);
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(breakwater.run("serve", "--port", Integer.toString(taken.getLocalPort())))
                    .isEqualTo(ExitCode.FAILURE);
        }

        assertThat(breakwater.err()).startsWith("breakwater: ").doesNotContain("\tat ");
        assertThat(breakwater.err().lines()).hasSize(1);
    }

    @Test
    void refusesToBeReachedByAccident() {
        var breakwater = new CommandRun(folder);

        assertThat(breakwater.run("serve", "--host", "0.0.0.0", "--port", "0")).isEqualTo(ExitCode.FAILURE);
        assertThat(breakwater.err())
                .contains("http.anonymous", "Switch on authentication with 'breakwater key new' (auth.enabled)");
    }
}
