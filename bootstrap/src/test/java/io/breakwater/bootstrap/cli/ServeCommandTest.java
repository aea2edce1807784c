package io.breakwater.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.lifecycle.StopSignal;
import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
        assertThat(breakwater.err()).contains("http.exposed");
    }
}
