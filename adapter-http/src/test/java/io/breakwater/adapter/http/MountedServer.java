package io.breakwater.adapter.http;

import io.breakwater.port.driving.Transport;
import io.breakwater.sample.waiting.Eventually;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** An application's HTTP server with the MCP endpoint at /mcp and a route of its own at /hello, until closed. */
final class MountedServer implements AutoCloseable {
    final McpHttpHandler handler;
    final int port;
    private final Vertx vertx = Vertx.vertx();

    private MountedServer(HttpSettings settings, String address) {
        handler = McpHttpHandler.on(vertx, settings);
        port = wait(vertx.createHttpServer(new HttpServerOptions().setHost(address))
                        .requestHandler(this::route)
                        .listen(0))
                .actualPort();
    }

    /** A server that the handler is not started on. */
    static MountedServer with(HttpSettings settings) {
        return new MountedServer(settings, "127.0.0.1");
    }

    /** A server whose handler serves that host. */
    static MountedServer serving(HttpSettings settings, Transport.Host host) {
        return serving(settings, host, "127.0.0.1");
    }

    static MountedServer serving(HttpSettings settings, Transport.Host host, String address) {
        var mounted = new MountedServer(settings, address);
        mounted.handler.start(host);
        return mounted;
    }

    RawClient connect() {
        return new RawClient("127.0.0.1", port);
    }

    private void route(HttpServerRequest request) {
        switch (String.valueOf(request.path())) {
            case "/hello" -> request.response().end("hello");
            case "/mcp" -> handler.handle(request);
            case "/read" -> request.body().onComplete(body -> handler.handle(request));
            case "/paused" -> {
                request.pause();
                vertx.setTimer(1, later -> handler.handle(request));
            }
            case "/blocking" ->
                vertx.executeBlocking(() -> {
                    handler.handle(request);
                    return request;
                });
            default -> request.response().setStatusCode(404).end();
        }
    }

    /** Stops the MCP server alone. */
    boolean stopHandler() {
        return handler.stop(Duration.ofSeconds(Eventually.SECONDS));
    }

    /** Ends the application. */
    void closeVertx() {
        wait(vertx.close());
    }

    @Override
    public void close() {
        handler.stop(Duration.ofMillis(1));
        closeVertx();
    }

    private static <T> T wait(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(Eventually.SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
