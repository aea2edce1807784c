package io.breakwater.adapter.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.PortException;
import io.breakwater.port.contract.RecordingReceiver;
import io.breakwater.port.driven.ClientTransport.OutgoingMessage;
import io.breakwater.sample.waiting.Eventually;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A client that starts its server as a child process. */
class StdioClientProcessTest {
    private final RecordingReceiver received = new RecordingReceiver();

    private static ProcessBuilder echo() {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EchoProcess.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
    }

    private void send(StdioClientTransport transport, String message) {
        transport.send(new OutgoingMessage(message.getBytes(UTF_8), Map.of()), received);
    }

    @Test
    void startsAServerAndEndsIt() {
        try (var transport = StdioClientTransport.start(echo())) {
            transport.listen(Map.of(), received);

            send(transport, "1");
            send(transport, "2");

            assertThat(received.nextText()).isEqualTo("<1>");
            assertThat(received.nextText()).isEqualTo("<2>");
        }
        assertThat(received.end()).get().extracting(Throwable::getMessage).isEqualTo("The connection is closed.");
    }

    @Test
    void tellsTheExitCodeOfAServerThatHasEnded() {
        try (var transport = StdioClientTransport.start("/bin/sh", "-c", "exit 7")) {
            transport.listen(Map.of(), received);

            assertThat(received.end())
                    .get()
                    .extracting(Throwable::getMessage)
                    .isEqualTo("The server process has ended with exit code 7.");
        }
    }

    @Test
    void endsAServerThatIgnoresTheEndOfItsInput() {
        var transport = StdioClientTransport.start("/bin/sh", "-c", "echo $$; exec tail -f /dev/null");
        transport.listen(Map.of(), received);
        long server = Long.parseLong(received.nextText());

        transport.close();

        Eventually.holds(
                () -> ProcessHandle.of(server).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void tellsThatTheServerCannotBeStarted() {
        assertThatThrownBy(() -> StdioClientTransport.start("/no/such/server"))
                .isInstanceOf(PortException.UnavailableException.class)
                .hasMessageStartingWith("The server cannot be started: ")
                .hasMessageContaining("/no/such/server");
    }
}
