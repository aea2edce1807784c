package io.breakwater.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.sample.files.Scratch;
import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** {@code breakwater serve} on a free port, from the moment it is ready until it is told to stop. */
final class RunningServer implements AutoCloseable {
    private static final Duration TIMEOUT = Eventually.LIMIT;

    private static final Pattern ADDRESS = Pattern.compile("Listening on http://127\\.0\\.0\\.1:(\\d+)/mcp");

    private final Process process;
    private final Path log;
    private final int port;

    private RunningServer(Process process, Path log) throws IOException, InterruptedException {
        this.process = process;
        this.log = log;
        this.port = awaitPort();
    }

    static RunningServer start() throws IOException, InterruptedException {
        return start(Map.of());
    }

    /** The same with these variables in its environment. */
    static RunningServer start(Map<String, String> variables) throws IOException, InterruptedException {
        return start(0, variables);
    }

    /** The same on a port that must be known before, for example because the public URL contains it. */
    static RunningServer start(int port, Map<String, String> variables) throws IOException, InterruptedException {
        var folder = Scratch.folder("breakwater-serve");
        var log = folder.resolve("log");
        var builder = new ProcessBuilder(Distribution.command("serve", "--port", String.valueOf(port)))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(variables);
        var server = new RunningServer(builder.start(), log);
        server.awaitReady();
        return server;
    }

    /** {@code http://127.0.0.1:PORT} */
    String base() {
        return "http://127.0.0.1:" + port;
    }

    /** Where MCP is spoken. */
    String endpoint() {
        return base() + "/mcp";
    }

    /** All that it has written so far, to its output and to its log. */
    String log() throws IOException {
        return Files.readString(log);
    }

    /** Reads the port from the log: a port that was free a moment ago may be in use by another process. */
    private int awaitPort() throws IOException, InterruptedException {
        var end = Instant.now().plus(TIMEOUT);
        var address = ADDRESS.matcher(log());
        while (!address.find()) {
            awaitMore(end);
            address = ADDRESS.matcher(log());
        }
        return Integer.parseInt(address.group(1));
    }

    private void awaitReady() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(base() + "/ready")).build();
        var end = Instant.now().plus(TIMEOUT);
        try (var client = HttpClient.newHttpClient()) {
            while (client.send(request, BodyHandlers.discarding()).statusCode() != 200) {
                awaitMore(end);
            }
        }
    }

    private void awaitMore(Instant end) throws InterruptedException {
        assertThat(process.isAlive()).as(this::output).isTrue();
        assertThat(Instant.now()).as(this::output).isBefore(end);
        process.waitFor(20, TimeUnit.MILLISECONDS);
    }

    /** Waits until it has ended by itself. */
    void awaitEnd() {
        assertThat(process.onExit()).as(this::output).succeedsWithin(TIMEOUT);
    }

    private String output() {
        try {
            return "the server said:\n" + log();
        } catch (IOException e) {
            return "the server's log cannot be read: " + e;
        }
    }

    /** Ends the process without notice. */
    void kill() {
        process.destroyForcibly();
        assertThat(process.onExit()).succeedsWithin(TIMEOUT);
    }

    /** Tells it to stop, and demands that it does so in good order. */
    @Override
    public void close() {
        process.destroy();
        assertThat(process.onExit()).as(this::output).succeedsWithin(TIMEOUT);
        assertThat(process.exitValue()).as(this::output).isZero();
    }
}
