package io.breakwater.bootstrap.soak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.sample.waiting.Eventually;
import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The server of the soak, and with it what a signal does to calls in flight on stdio. */
@Tag("server")
class SoakServerTest {
    private static final int CALLS = 64;
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";
    /** It is read after the calls, so its answer shows that they were read. */
    private static final String DISCOVER =
            "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"server/discover\",\"params\":{" + META + "}}\n";

    @Test
    void aSignalWaitsForEveryCallInFlightOnStdio() throws Exception {
        var process =
                new ProcessBuilder(command()).redirectError(Redirect.DISCARD).start();
        var calls =
                IntStream.rangeClosed(1, CALLS).mapToObj(SoakServerTest::call).collect(Collectors.joining());
        process.getOutputStream().write((calls + DISCOVER).getBytes(UTF_8));
        process.getOutputStream().flush();
        var lines = process.inputReader(UTF_8);
        assertThat(lines.readLine()).contains("\"supportedVersions\"");

        process.toHandle().destroy(); // Process.destroy would close our end of the pipe

        assertThat(lines.lines().toList())
                .hasSize(CALLS)
                .allMatch(line -> line.contains("\"text\":\"m"))
                .doesNotHaveDuplicates();
        assertThat(process.waitFor(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static String call(int id) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\",\"params\":{" + META
                + ",\"name\":\"wait\",\"arguments\":{\"message\":\"m" + id + "\",\"millis\":1000}}}\n";
    }

    private static List<String> command() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        return List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                SoakServer.class.getName(),
                "stdio");
    }
}
