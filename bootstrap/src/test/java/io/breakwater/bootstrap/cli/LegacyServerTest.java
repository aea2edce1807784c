package io.breakwater.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that know sessions only, as most do. */
class LegacyServerTest {
    @TempDir
    Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;

    LegacyServerTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void serve() {
        server.createContext("/mcp", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var session = exchange.getRequestHeaders().getFirst("Mcp-Session-Id");
        asked.add(exchange.getRequestMethod() + " " + session);
        if (body.contains("\"initialize\"")) {
            exchange.getResponseHeaders().add("Mcp-Session-Id", "s-1");
            send(
                    exchange,
                    200,
                    "application/json",
                    "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"protocolVersion\":\"2025-06-18\"}}");
        } else if (body.contains("notifications/initialized")) {
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        } else if (session == null) {
            send(exchange, 400, "text/plain", "Bad Request: no session");
        } else {
            var tools =
                    "{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{\"tools\":[{\"name\":\"old\",\"description\":\"Old.\"}]}}";
            var noise = "event: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\"}\n\n";
            send(exchange, 200, "text/event-stream", noise + "data: " + tools + "\n\n");
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Test
    void getASession() {
        var breakwater = new CommandRun(folder);

        int code = breakwater.run(
                "tools", "--url", "http://127.0.0.1:" + server.getAddress().getPort() + "/mcp");

        assertThat(breakwater.err()).isEmpty();
        assertThat(code).isZero();
        assertThat(breakwater.out()).isEqualTo("old  Old.\n");
        assertThat(asked).containsExactly("POST null", "POST null", "POST s-1", "POST s-1", "DELETE s-1");
    }
}
