package io.breakwater.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.lifecycle.StopSignal;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
    @CoversOutage("log: log output full or removed")
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
    @CoversOutage("API keys: API keys file missing at the start, not named by a setting")
    void refusesToBeReachedByAccident() {
        var breakwater = new CommandRun(folder);

        assertThat(breakwater.run("serve", "--host", "0.0.0.0", "--port", "0")).isEqualTo(ExitCode.FAILURE);
        assertThat(breakwater.err())
                .contains("http.anonymous", "Switch on authentication ('breakwater key new' creates an API key)");
    }

    @Test
    void namesTheSettingThatSwitchesAuthenticationOff() throws IOException {
        Files.writeString(folder.resolve("breakwater.yaml"), "http: {host: 0.0.0.0}\nauth:\n  enabled: false\n");
        var breakwater = new CommandRun(folder);

        for (var command : new String[] {"serve", "check"}) {
            assertThat(breakwater.run(command)).isEqualTo(ExitCode.FAILURE);
            assertThat(breakwater.err())
                    .contains("Switch on authentication (remove auth.enabled: false at breakwater.yaml:3:12), or set");
        }
    }

    @Test
    void theCheckRefusesWhatServeRefuses() throws IOException {
        var breakwater = new CommandRun(folder);
        var missing = folder.resolve("nope.pem").toString();

        assertRefused(breakwater, "without authentication", "--set", "http.host=0.0.0.0");
        assertRefused(
                breakwater,
                "nope.pem does not exist",
                "--set",
                "http.tls.certificate=" + missing,
                "--set",
                "http.tls.key=" + missing);
    }

    private static void assertRefused(CommandRun breakwater, String reason, String... settings) {
        for (var command : new String[] {"serve", "check"}) {
            var words = Stream.concat(Stream.of(command, "--set", "http.port=0"), Stream.of(settings))
                    .toArray(String[]::new);
            assertThat(breakwater.run(words)).as(command).isEqualTo(ExitCode.FAILURE);
            assertThat(breakwater.err()).as(command).contains(reason);
            assertThat(breakwater.out()).as(command).isEmpty();
        }
    }

    @Test
    void theCheckRefusesATrustStoreThatCannotBeRead() throws IOException {
        var breakwater = new CommandRun(folder);
        var missing = folder.resolve("ca.pem");

        assertThat(breakwater.run("check", "--set", "outbound.trust-store=" + missing))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(breakwater.err()).contains(missing + ": it does not exist. Set outbound.trust-store to");
        Files.writeString(missing, "no certificate");
        assertThat(breakwater.run("check", "--set", "outbound.trust-store=" + missing))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(breakwater.err()).contains(missing + ": it is not a PEM file with certificates");
    }
}
