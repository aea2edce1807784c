package io.breakwater.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.lifecycle.StopSignal;
import io.breakwater.sample.waiting.Eventually;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own: what signals and the end of input do to it. */
@Tag("server")
class ProgramTest {
    private static final String DISCOVER = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"server/discover\",\"params\":"
            + "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}\n";

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    private Process breakwater(String... words) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", classPath(), Main.class.getName()));
        command.addAll(List.of(words));
        var process = new ProcessBuilder(command).directory(folder.toFile()).start();
        started.add(process);
        return process;
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    @AfterEach
    void endAllProcesses() {
        started.forEach(Process::destroyForcibly);
    }

    private static void signal(Process process, StopSignal signal) throws Exception {
        var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    private static String readUntil(BufferedReader lines, String part) throws IOException {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains(part)) {
                return line;
            }
        }
        throw new AssertionError("ended before it said " + part);
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Test
    void aSignalEndsItInOrder() throws Exception {
        var process = breakwater("serve", "--port", "0");
        readUntil(process.errorReader(), "Listening on");

        signal(process, StopSignal.TERM);

        assertThat(exitCode(process)).isZero();
    }

    @Test
    void aSecondSignalEndsItAtOnce() throws Exception {
        var process = breakwater("serve", "--port", "0", "--set", "shutdown.delay=10m");
        var lines = process.errorReader();
        readUntil(lines, "Listening on");

        signal(process, StopSignal.TERM);
        readUntil(lines, "still serving");
        signal(
                process,
                StopSignal.TERM); // not INT, which a process started in the background may have been told to ignore

        assertThat(exitCode(process)).isEqualTo(StopSignal.TERM.exitCode());
    }

    @Test
    void theEndOfInputEndsItAndOnlyMessagesReachTheOutput() throws Exception {
        var process = breakwater("stdio", "--debug");
        var in = process.getOutputStream();
        in.write(("no message\n" + DISCOVER).getBytes(StandardCharsets.UTF_8));
        in.flush();
        var lines = process.inputReader();
        var answers = List.of(lines.readLine(), lines.readLine());

        long before = System.nanoTime();
        in.close();

        assertThat(exitCode(process)).isZero();
        assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(2));
        assertThat(answers).allMatch(line -> line.startsWith("{\"jsonrpc\":\"2.0\""));
        assertThat(answers).anyMatch(line -> line.contains("\"supportedVersions\""));
        assertThat(lines.readLine()).isNull();
    }

    @Test
    void aFailureToStartIsOneSentence() throws Exception {
        var process = breakwater("serve", "--host", "192.0.2.1");

        assertThat(exitCode(process)).isEqualTo(ExitCode.FAILURE);
        assertThat(process.errorReader().lines()).singleElement().asString().startsWith("breakwater: ");
        assertThat(process.inputReader().lines()).isEmpty();
    }
}
