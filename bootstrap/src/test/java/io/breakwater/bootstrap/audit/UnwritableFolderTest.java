package io.breakwater.bootstrap.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.stdio.StdioClientTransport;
import io.breakwater.bootstrap.soak.SoakServer;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.client.McpClient;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program while the system refuses to write its audit log. A limit on the size of files takes the place of a full
 * disk, because it needs no privileges; the system reports it in the same way.
 */
@Tag("server")
class UnwritableFolderTest {
    private static final int FULL = 96 << 10; // about 280 entries
    private static final int MAX_CALLS = 2_000;
    private static final Json.Obj MESSAGE =
            Json.object().put("message", "hello").build();

    /** The user root may write to every folder unless it gives up these privileges. */
    private static final List<String> WITHOUT_PRIVILEGES = List.of(
            "setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search");

    @TempDir
    private Path temporary = Path.of("");

    private Path folder() {
        return temporary.resolve("audit");
    }

    private Path log() {
        return temporary.resolve("log");
    }

    private Process start(List<String> prefix) throws IOException {
        var classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        var command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                SoakServer.class.getName(),
                "stdio",
                "audit.folder=" + folder(),
                "audit.name=example.com/log",
                "audit.checkpoint-interval=1h"));
        return new ProcessBuilder(command).redirectError(log().toFile()).start();
    }

    private static McpClient connect(Process process) {
        return McpClient.builder(StdioClientTransport.on(process.getInputStream(), process.getOutputStream()))
                .timeout(Eventually.LIMIT)
                .connect();
    }

    private void awaitEnd(Process process) throws Exception {
        assertThat(process.waitFor(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log())).isZero();
    }

    /** Calls a tool that may change data, until the server refuses; returns the number of calls that it accepted. */
    private static int callUntilRefused(McpClient client) {
        for (int calls = 0; calls < MAX_CALLS; calls++) {
            if (!isAccepted(client)) {
                return calls;
            }
        }
        throw new AssertionError("The server did not refuse a call.");
    }

    private static boolean isAccepted(McpClient client) {
        try {
            return client.call("echo", MESSAGE).text().equals("hello");
        } catch (PortException.ProtocolErrorException refused) {
            assertThat(refused).hasMessageContaining("The server cannot record calls at present");
            return false;
        }
    }

    private static void awaitDegraded(McpClient client, String reason) {
        Eventually.holds(() -> {
            var health = client.call("health_check").text();
            return health.contains("degraded") && health.contains("audit") && health.contains(reason);
        });
    }

    private List<String> entries(String part) throws IOException {
        return SampleLogs.lines(folder()).stream()
                .filter(line -> line.contains(part) && line.contains("\"target\":\"echo\""))
                .toList();
    }

    @Test
    void aFullDiskRefusesWritesOnlyAndLosesNothing() throws Exception {
        var process = start(List.of("prlimit", "--fsize=" + FULL + ":"));
        int accepted;
        try (var client = connect(process)) {
            accepted = callUntilRefused(client);
            assertThat(accepted).isPositive();
            awaitDegraded(client, "File too large");
            assertThat(isAccepted(client)).isFalse();

            run("prlimit", "--pid=" + process.pid(), "--fsize=unlimited");
            Eventually.holds(() -> isAccepted(client));
            accepted++;
        }
        awaitEnd(process);

        assertThat(SampleLogs.verify(folder()).isValid()).isTrue();
        assertThat(entries("\"event\":\"start\"")).hasSize(accepted);
        assertThat(entries("\"outcome\":\"ok\"")).hasSize(accepted);
        assertThat(entries("\"outcome\":\"overloaded\""))
                .as("refusals to anonymous callers, which are only counted")
                .isEmpty();
    }

    @Test
    void aFolderThatBecomesReadOnlyRefusesWritesOnlyAndLosesNothing() throws Exception {
        var process = start(withoutPrivileges());
        int accepted;
        try (var client = connect(process)) {
            assertThat(isAccepted(client)).isTrue();
            setWritable(false);
            accepted = 1 + callUntilRefused(client);
            awaitDegraded(client, "this process has no permission");

            setWritable(true);
            Eventually.holds(() -> isAccepted(client));
            accepted++;
        }
        awaitEnd(process);

        assertThat(SampleLogs.verify(folder()).isValid()).isTrue();
        assertThat(entries("\"event\":\"start\"")).hasSize(accepted);
        assertThat(entries("\"outcome\":\"ok\"")).hasSize(accepted);
    }

    @Test
    void aReadOnlyFolderIsAnErrorAtTheStart() throws Exception {
        SampleLogs.write(folder(), 3);
        setWritable(false);

        var process = start(withoutPrivileges());

        assertThat(process.waitFor(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        assertThat(Files.readString(log()))
                .contains("cannot be used: this process has no permission")
                .contains("audit.folder");
        setWritable(true);
    }

    /** The owner of the files is the user of the test, who needs no other user for this. */
    private static List<String> withoutPrivileges() {
        return System.getProperty("user.name").equals("root") ? WITHOUT_PRIVILEGES : List.of();
    }

    private void setWritable(boolean writable) throws IOException {
        try (var files = Files.walk(folder())) {
            for (var file : files.toList()) {
                var permissions = new HashSet<>(Files.getPosixFilePermissions(file));
                if (writable) {
                    permissions.add(PosixFilePermission.OWNER_WRITE);
                } else {
                    permissions.remove(PosixFilePermission.OWNER_WRITE);
                }
                Files.setPosixFilePermissions(file, permissions);
            }
        }
    }

    private static void run(String... command) throws Exception {
        var process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
