package io.breakwater.adapter.http;

import io.breakwater.port.SettingNames;
import io.breakwater.port.driving.Transport;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MCP endpoint as a request handler for an HTTP server that the application owns. The application starts and stops
 * that server, decides at which path the endpoint is, and serves its own routes beside it.
 *
 * <pre>{@code
 * var mcp = McpHttpHandler.on(vertx, HttpSettings.defaults());
 * server.serve(mcp);
 * vertx.createHttpServer()
 *     .requestHandler(request -> (request.path().equals("/mcp") ? mcp : routes).handle(request))
 *     .listen(8080);
 * }</pre>
 *
 * <p>Of the settings, these apply here: {@code anonymous}, {@code allowedHosts}, {@code allowedOrigins},
 * {@code proxies}, all {@code streams}, and of the limits {@code bodyBytes}, {@code bodyTimeout} and {@code bodyBytesPerSecond}. The memory
 * budget of the server applies too. The others concern the listening socket and its connections, and are options of the
 * application's {@code HttpServer}: {@code host}, {@code port}, {@code path}, {@code eventLoops}, {@code tls}, {@code proxyProtocol}, and the
 * limits {@code headBytes}, {@code headFields}, {@code requestLineBytes}, {@code headTimeout}, {@code idleTimeout},
 * {@code connections}, {@code connectionsPerAddress}, {@code requestsPerConnection}, {@code resetsPerWindow},
 * {@code controlFramesPerWindow}, {@code handshakesPerAddress} and {@code handshakeTimeout}. The
 * health endpoints are not mounted.
 *
 * <p>The handler must receive a request on its event loop, before anything has read the body; a request that was paused
 * is resumed. While the MCP server closes, requests are answered with status 503. Thread-safe.
 */
public final class McpHttpHandler implements Handler<HttpServerRequest>, Transport {
    private static final Logger LOG = LoggerFactory.getLogger(McpHttpHandler.class);
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

    /** The answers while no server uses this handler; they name no settings. */
    private static final RejectionBodies WITHOUT_SERVER = new RejectionBodies(SettingNames.JAVA);

    private static final String CLOSED_BEFORE = "Vert.x was closed before the MCP server, and its connections with it";

    private final Vertx vertx;
    private final HttpSettings settings;
    private final Map<Thread, HttpEventLoop> loops = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile @Nullable MountedEndpoint endpoint;

    private McpHttpHandler(Vertx vertx, HttpSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
    }

    /**
     * A handler for servers of that Vert.x. It serves once it was given to {@code Breakwater.serve}.
     *
     * @param settings those that do not apply are ignored
     */
    public static McpHttpHandler on(Vertx vertx, HttpSettings settings) {
        return new McpHttpHandler(vertx, settings);
    }

    /** Serves one request of the application's server. */
    @Override
    public void handle(HttpServerRequest request) {
        var serving = endpoint;
        if (serving == null) {
            refuse(request, RequestRejection.STOPPED);
        } else if (!Context.isOnEventLoopThread()) {
            LOG.error(
                    "McpHttpHandler received a request on {}, which is no event loop of Vert.x. Deploy the verticle"
                            + " that owns the HTTP server with ThreadingModel.EVENT_LOOP.",
                    Thread.currentThread());
            refuse(request, RequestRejection.INTERNAL);
        } else {
            serving.handle(loops.computeIfAbsent(Thread.currentThread(), serving::loop), request);
        }
    }

    /**
     * Starts to serve requests.
     *
     * @throws IllegalStateException when the handler was started before
     * @throws io.breakwater.port.PortException.RefusedException when Vert.x does not export a package that the handler
     *     needs
     */
    @Override
    public void start(Host host) {
        VertxExports.check(VertxExports.NET);
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "This McpHttpHandler was started before. Create one with on(...) for each server.");
        }
        endpoint = new MountedEndpoint(vertx, settings, host, loops.values());
    }

    @Override
    public void startGracefulShutdown() {
        try {
            loops.values().forEach(HttpEventLoop::startGracefulShutdown);
        } catch (RejectedExecutionException e) {
            LOG.debug(CLOSED_BEFORE, e);
        }
    }

    @Override
    public void drain() {
        var serving = endpoint;
        if (serving != null) {
            serving.drain();
        }
        startGracefulShutdown();
    }

    /**
     * Waits until all accepted requests are answered, unless the current thread is an event loop, which must not block:
     * close the server on another thread, for example with {@code vertx.executeBlocking}.
     */
    @Override
    public boolean stop(Duration grace) {
        var serving = endpoint;
        if (serving == null) {
            return true;
        }
        drain();
        try {
            boolean whole = serving.finish(mayBlock() ? grace : Duration.ZERO);
            endpoint = null;
            return whole;
        } catch (RejectedExecutionException e) {
            LOG.debug(CLOSED_BEFORE, e);
            endpoint = null;
            return true;
        }
    }

    private static boolean mayBlock() {
        boolean onEventLoop = Context.isOnEventLoopThread();
        if (onEventLoop) {
            LOG.warn(
                    "The server was closed on an event loop, so it does not wait for running calls. Close it on another"
                            + " thread, for example with vertx.executeBlocking.");
        }
        return !onEventLoop;
    }

    @Override
    public CompletionStage<Void> ended() {
        return ended.copy();
    }

    @Override
    public String address() {
        return "a route of the application's own HTTP server";
    }

    private static void refuse(HttpServerRequest request, RequestRejection why) {
        SecurityHeaders.addDefaults(request.response().headers());
        request.response()
                .setStatusCode(why.status)
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .end(WITHOUT_SERVER.of(why));
    }
}
