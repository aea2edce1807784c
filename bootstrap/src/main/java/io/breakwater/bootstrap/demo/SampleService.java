package io.breakwater.bootstrap.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.breakwater.port.Json;
import io.breakwater.port.JsonSyntaxException;
import io.breakwater.port.JsonWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One instance of a sample service: an HTTP server on the loopback address. {@code GET /health} is its health check. {@code
 * POST /behavior} with the name of a {@link SampleBehavior} as the body changes what it does; without a body, it changes
 * nothing. The response to that says how many requests have arrived, without these two kinds.
 */
public final class SampleService implements AutoCloseable {
    private static final int SLOW_SECONDS = 3;
    private static final int MAX_BODY = 1 << 20;

    private final SampleApi api;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger requests = new AtomicInteger();
    private volatile SampleBehavior behavior = SampleBehavior.NORMAL;

    private SampleService(SampleApi api, HttpServer server) {
        this.api = api;
        this.server = server;
    }

    /** Starts an instance on a free port. */
    static SampleService start(SampleApi api) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var service = new SampleService(api, HttpServer.create(address, 0));
        service.server.setExecutor(service.threads);
        service.server.createContext("/", service::serve);
        service.server.start();
        return service;
    }

    /** Returns the URL of the instance. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Changes what the instance does. */
    public void behave(SampleBehavior other) {
        behavior = other;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readNBytes(MAX_BODY), StandardCharsets.UTF_8);
            var path = exchange.getRequestURI().getPath();
            if (path.equals("/behavior")) {
                send(exchange, change(body));
                return;
            }
            boolean check = path.equals("/health");
            if (!check) {
                requests.incrementAndGet();
            }
            var present = behavior;
            if (mayAnswer(present)) {
                send(exchange, check ? health(present) : reply(exchange, path, body, present));
            }
        }
    }

    private SampleReply change(String body) {
        var other = SampleBehavior.parse(body);
        if (other.isEmpty() && !body.isBlank()) {
            return SampleReply.error(400, "There is no such behavior. Send one of " + SampleBehavior.words() + ".");
        }
        other.ifPresent(this::behave);
        return SampleReply.ok(Json.object()
                .put("behavior", behavior.name())
                .put("requests", requests.get())
                .build());
    }

    /** Waits as long as the behavior demands; returns false if there is no response. */
    private boolean mayAnswer(SampleBehavior present) {
        try {
            return switch (present) {
                case FROZEN -> {
                    closed.await();
                    yield false;
                }
                case SLOW -> !closed.await(SLOW_SECONDS, TimeUnit.SECONDS);
                case NORMAL, FAILING, LYING, DECLINING -> true;
            };
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static SampleReply health(SampleBehavior present) {
        return present == SampleBehavior.FAILING
                ? SampleReply.error(500, "This instance fails.")
                : SampleReply.ok(Json.object().put("status", "up").build());
    }

    private SampleReply reply(HttpExchange exchange, String path, String body, SampleBehavior present) {
        return switch (present) {
            case FAILING -> SampleReply.error(500, "This instance fails.");
            case DECLINING -> SampleReply.error(402, "The card was declined.");
            case NORMAL, SLOW, FROZEN, LYING -> reply(exchange, path, body, present == SampleBehavior.LYING);
        };
    }

    private SampleReply reply(HttpExchange exchange, String path, String body, boolean lying) {
        var key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        try {
            var json = body.isEmpty() ? Json.Obj.EMPTY : Json.parse(body);
            return json instanceof Json.Obj object
                    ? api.respond(new SampleRequest(exchange.getRequestMethod(), path, object, key, lying))
                    : SampleReply.error(400, "The body is not a JSON object.");
        } catch (JsonSyntaxException malformed) {
            return SampleReply.error(400, "The body is not JSON.");
        }
    }

    private static void send(HttpExchange exchange, SampleReply reply) throws IOException {
        var body = JsonWriter.text(reply.body()).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    /** Stops at once, as an instance does that is killed. */
    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
