package io.breakwater.bootstrap.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A service on loopback that receives checkpoints, and answers with a status that the test chooses. */
public final class CheckpointService implements AutoCloseable {
    private final HttpServer server;
    private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();
    private volatile int status = 204;

    /** A request as it arrived. */
    public record ReceivedRequest(
            String method,
            String path,
            @Nullable String contentType,
            @Nullable String authorization,
            String body) {}

    private CheckpointService(HttpServer server) {
        this.server = server;
    }

    /** Starts the service on a free port. */
    public static CheckpointService start() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var service = new CheckpointService(server);
        server.createContext("/", service::receive);
        server.start();
        return service;
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            var fields = exchange.getRequestHeaders();
            requests.add(new ReceivedRequest(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    fields.getFirst("Content-Type"),
                    fields.getFirst("Authorization"),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
            exchange.sendResponseHeaders(status, -1);
        }
    }

    /** Answers with another status from now on. */
    public void answer(int other) {
        status = other;
    }

    /** Returns the address to which checkpoints are sent. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/checkpoints?log=1");
    }

    /** Returns the requests so far. */
    public List<ReceivedRequest> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
