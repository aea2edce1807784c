package io.breakwater.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.sample.files.Scratch;
import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
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

/** {@code breakwater serve} on a free port, from the moment it is ready until it is told to stop. */
final class RunningServer implements AutoCloseable {
    private static final Duration TIMEOUT = Eventually.LIMIT;

    private final Process process;
    private final int port;
    private final Path log;

    private RunningServer(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    static RunningServer start() throws IOException, InterruptedException {
        return start(Map.of());
    }

    /** The same with these variables in its environment. */
    static RunningServer start(Map<String, String> variables) throws IOException, InterruptedException {
        int port = freePort();
        var folder = Scratch.folder("breakwater-serve");
        var log = folder.resolve("log");
        var builder = new ProcessBuilder(Distribution.command("serve", "--port", String.valueOf(port)))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(variables);
        var process = builder.start();
        var server = new RunningServer(process, port, log);
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

    private void awaitReady() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(base() + "/ready")).build();
        var end = Instant.now().plus(TIMEOUT);
        try (var client = HttpClient.newHttpClient()) {
            while (!ready(client, request)) {
                assertThat(process.isAlive()).as(this::output).isTrue();
                assertThat(Instant.now()).as(this::output).isBefore(end);
                process.waitFor(20, TimeUnit.MILLISECONDS);
            }
        }
    }

    private static boolean ready(HttpClient client, HttpRequest request) throws IOException, InterruptedException {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (ConnectException e) {
            return false;
        }
    }

    private String output() {
        try {
            return "the server said:\n" + log();
        } catch (IOException e) {
            return "the server's log cannot be read: " + e;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Tells it to stop, and demands that it does so in good order. */
    @Override
    public void close() {
        process.destroy();
        assertThat(process.onExit()).as(this::output).succeedsWithin(TIMEOUT);
        assertThat(process.exitValue()).as(this::output).isZero();
    }
}
