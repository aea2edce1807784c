package io.breakwater.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.http.ManagementKey;
import io.breakwater.bootstrap.lifecycle.StopSignal;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The management listener of {@code serve}, with its key file, and the command that uses it. */
class ManagementTest {
    private static final Pattern MANAGEMENT = Pattern.compile("Serving management pages on (http://[^\"\\s]+)");
    private static final int DEFAULT_PORT = 9090;

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private CommandRun breakwater = new CommandRun(Path.of(""));
    private CompletableFuture<Integer> running = CompletableFuture.completedFuture(0);
    private Path key = Path.of("");

    @BeforeEach
    void shell() {
        breakwater = new CommandRun(folder);
        key = folder.resolve("management.key");
        breakwater.variable("BREAKWATER_MANAGEMENT_KEY_FILE", key.toString());
    }

    @AfterEach
    void stop() throws Exception {
        client.shutdownNow();
        if (!running.isDone()) {
            breakwater.signal(StopSignal.TERM);
            running.get(Eventually.SECONDS, TimeUnit.SECONDS);
        }
    }

    @Test
    void theKeyOfARunningServerIsInAFileThatACleanStopRemoves() throws Exception {
        var root = serve();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(breakwater.log())
                .contains("The management key is in " + key)
                .doesNotContain(Files.readString(key).strip());
        assertThat(get(root + "/health/details", "").statusCode()).isEqualTo(401);
        assertThat(get(root + "/health/details", Files.readString(key).strip()).body())
                .contains("\"status\":\"healthy\"", "\"uptime_seconds\"");

        breakwater.signal(StopSignal.TERM);
        assertThat(running.get(Eventually.SECONDS, TimeUnit.SECONDS)).isZero();
        assertThat(key).doesNotExist();
        assertThat(folder.toFile().list()).isEmpty();
    }

    @Test
    void theHealthCommandPresentsTheKey() throws Exception {
        var root = serve();
        var command = new CommandRun(folder).variable("BREAKWATER_MANAGEMENT_KEY_FILE", key.toString());

        assertThat(command.run("health", "--details", "--url", root)).isZero();
        assertThat(command.out()).contains("\"causes\":[]");

        Files.writeString(key, ManagementKey.random().reveal());
        assertThat(command.run("health", "--details", "--url", root)).isEqualTo(ExitCode.FAILURE);
        assertThat(command.out()).contains("needs the management key");
    }

    @Test
    void theHealthCommandSaysThatThereIsNoKey() {
        assertThat(breakwater.run("health", "--details")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(breakwater.err()).contains("Cannot read the management key in " + key);
    }

    @Test
    void theHealthCommandNeverSendsTheContentOfAnotherFile() throws Exception {
        var secret = Files.writeString(folder.resolve("secret"), "a line that only root can read");
        Files.createSymbolicLink(key, secret);

        assertThat(breakwater.run("health", "--details")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(breakwater.err()).contains("Cannot read the management key in " + key + " (it is not a key file)");
        Files.delete(secret);
    }

    @Test
    void metricsAreForOperatorsAndNeedNoKeyOnLoopback() throws Exception {
        var root = serve();
        var mcp = breakwater.address();

        assertThat(get(root + "/metrics", "").body()).contains("# TYPE mcp_active_connections gauge");
        assertThat(get(mcp.replace("/mcp", "/metrics"), "").statusCode()).isEqualTo(404);
        assertThat(get(
                                mcp.replace("/mcp", "/health/details"),
                                Files.readString(key).strip())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void metricsCanBePublicOrOff() throws Exception {
        serve("--set", "metrics.public=true");

        var metrics = get(breakwater.address().replace("/mcp", "/metrics"), "");

        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
    }

    @Test
    void metricsAreOffWithTheirOldVariable() throws Exception {
        breakwater.variable("MCP_METRICS_ENABLED", "false");

        assertThat(get(serve() + "/metrics", "").statusCode()).isEqualTo(404);
    }

    @Test
    void aConfiguredKeyIsNotWrittenToAFile() throws Exception {
        var secret = "0123456789-0123456789-0123456789";
        breakwater.variable("BREAKWATER_MANAGEMENT_SECRET", secret);
        var root = serve();

        assertThat(key).doesNotExist();
        assertThat(get(root + "/health/details", secret).statusCode()).isEqualTo(200);
        assertThat(breakwater.log()).doesNotContain(secret);
    }

    @Test
    void canBeSwitchedOff() throws Exception {
        running = breakwater.start("serve", "--port", "0", "--set", "management.enabled=false");
        breakwater.address();
        breakwater.signal(StopSignal.TERM);

        assertThat(running.get(Eventually.SECONDS, TimeUnit.SECONDS)).isZero();
        assertThat(breakwater.log()).contains("Stopped").doesNotContain("management");
    }

    @Test
    @CoversOutage("management listener: management address in use, and the default one")
    void aTakenDefaultPortIsAWarning() throws Exception {
        try (var taken = occupied()) {
            running = breakwater.start("serve", "--port", Integer.toString(freePort()));

            breakwater.awaitLog("The server runs without the management listener. Port " + DEFAULT_PORT);
            assertThat(taken.isClosed()).isFalse();
            assertThat(new CommandRun(folder).run("tools", "--url", breakwater.address()))
                    .isZero();
            assertThat(key).doesNotExist();
        }
    }

    @Test
    @CoversOutage("management listener: management address in use, and set")
    void aTakenConfiguredPortIsAnError() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = "management.port=" + taken.getLocalPort();

            assertThat(breakwater.run("serve", "--port", "0", "--set", port)).isEqualTo(ExitCode.FAILURE);
        }
        assertThat(breakwater.err()).contains("is in use", "choose another port with management.port.");
        assertThat(new CommandRun(folder).run("tools", "--url", breakwater.address()))
                .as("the listener for clients is closed")
                .isEqualTo(ExitCode.UNREACHABLE);
    }

    @Test
    void otherMachinesNeedALastingKey() {
        assertThat(breakwater.run("serve", "--port", "0", "--set", "management.host=0.0.0.0"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(breakwater.err())
                .contains("other machines can reach 0.0.0.0; set management.secret, or listen on 127.0.0.1");
        assertThat(breakwater.run("check", "--set", "management.host=::")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aConfiguredKeyFileMustBeWritable() {
        breakwater.variable("BREAKWATER_MANAGEMENT_KEY_FILE", "/proc/none/key");

        assertThat(breakwater.run("serve", "--port", "0")).isEqualTo(ExitCode.FAILURE);
        assertThat(breakwater.err())
                .contains("Cannot write the management key to /proc/none/key", "management.key-file");
    }

    @Test
    void theConfigurationShowsThePathOfTheFile() {
        assertThat(new CommandRun(folder).run("config", "show")).isZero();
        assertThat(breakwater.run("config", "show")).isZero();
        assertThat(breakwater.out()).contains("key-file: " + key);
    }

    private String serve(String... words) throws Exception {
        var all = new String[words.length + 3];
        System.arraycopy(new String[] {"serve", "--port", "0"}, 0, all, 0, 3);
        System.arraycopy(words, 0, all, 3, words.length);
        running = breakwater.start(all);
        breakwater.awaitLog("Serving management pages on");
        if (!breakwater.process().environment().containsKey("BREAKWATER_MANAGEMENT_SECRET")) {
            breakwater.awaitLog("The management key is in");
        }
        return MANAGEMENT
                .matcher(breakwater.log())
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    private HttpResponse<String> get(String url, String key) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static ServerSocket occupied() throws IOException {
        try {
            return new ServerSocket(DEFAULT_PORT, 1, InetAddress.getLoopbackAddress());
        } catch (BindException occupiedByAnotherProcess) {
            return new ServerSocket(0);
        }
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
