package io.breakwater.bootstrap.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An HTTP server on a loopback address that records what it receives. Health checks always succeed. */
final class RecordingServer implements AutoCloseable {
    private static final String HEALTH = "/health";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ConcurrentLinkedQueue<Received> received = new ConcurrentLinkedQueue<>();
    private final Function<Received, Reply> handler;

    /**
     * A request.
     *
     * @param fields the header fields by their names in lower case
     */
    record Received(String path, Map<String, String> fields, String body) {
        String field(String name) {
            return fields.getOrDefault(name, "");
        }
    }

    /** A response in JSON. */
    record Reply(int status, String body) {}

    private RecordingServer(HttpServer server, Function<Received, Reply> handler) {
        this.server = server;
        this.handler = handler;
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    static RecordingServer start(Function<Received, Reply> handler) {
        return on("127.0.0.1", 0, handler);
    }

    /** Starts a server on an address; port 0 is a free one. */
    static RecordingServer on(String address, int port, Function<Received, Reply> handler) {
        try {
            return new RecordingServer(HttpServer.create(new InetSocketAddress(address, port), 0), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var fields = new LinkedHashMap<String, String>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> fields.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var request = new Received(exchange.getRequestURI().getPath(), fields, body);
            received.add(request);
            var reply = request.path().equals(HEALTH) ? new Reply(200, "{}") : handler.apply(request);
            var bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    String url() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":" + port();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** The requests so far, without health checks. */
    List<Received> received() {
        return received.stream()
                .filter(request -> !request.path().equals(HEALTH))
                .toList();
    }

    /** The health checks so far. */
    List<Received> checks() {
        return received.stream()
                .filter(request -> request.path().equals(HEALTH))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
