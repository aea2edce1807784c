package io.breakwater.adapter.http;

import io.breakwater.port.driving.Transport;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The HTTP server of one event loop; all of them share the listening socket. */
final class EventLoopServer extends VerticleBase {
    private static final long MAX_MILLIS_BETWEEN_SWEEPS = 1_000;
    private static final CharSequence CLOSE = HttpHeaders.createOptimized("close");

    private final HttpSettings settings;
    private final SocketAddress address;
    private final RequestRouter router;
    private final TransportCounters counters;
    private final Transport.Host host;
    private final Map<Thread, HttpEventLoop> loops;
    private final @Nullable PemKeyCertOptions keyPair;
    private @Nullable HttpServer server;

    EventLoopServer(
            HttpSettings settings,
            SocketAddress address,
            RequestRouter router,
            TransportCounters counters,
            Transport.Host host,
            Map<Thread, HttpEventLoop> loops,
            @Nullable PemKeyCertOptions keyPair) {
        this.settings = settings;
        this.address = address;
        this.router = router;
        this.counters = counters;
        this.host = host;
        this.loops = loops;
        this.keyPair = keyPair;
    }

    @Override
    public Future<?> start() {
        var loop = new HttpEventLoop(settings, counters, host, context);
        loops.put(Thread.currentThread(), loop);
        vertx.setPeriodic(millisBetweenSweeps(settings), timer -> loop.sweep());
        server = vertx.createHttpServer(VertxSettings.server(settings, keyPair))
                .connectionHandler(loop::opened)
                .requestHandler(request -> serve(loop, request))
                .invalidRequestHandler(request -> refuse(loop, request));
        return server.listen(address);
    }

    /**
     * Replaces the certificate for this server and all others that share the listening socket, and waits until it is in
     * use.
     */
    void use(CheckedKeyPair renewed) throws ExecutionException, InterruptedException {
        var done = Promise.<Boolean>promise();
        var listening = Objects.requireNonNull(server, "the server is not started");
        var options =
                new ServerSSLOptions().setKeyCertOptions(renewed.options()).setUseAlpn(true);
        context.runOnContext(
                nothing -> listening.updateSSLOptions(options, true).onComplete(done));
        done.future().toCompletionStage().toCompletableFuture().get();
    }

    int port() {
        return server == null ? 0 : server.actualPort();
    }

    private void serve(HttpEventLoop loop, HttpServerRequest request) {
        var connection = loop.connection(request.connection());
        if (connection == null) {
            request.connection().close(); // it is already closing
        } else {
            var exchange = new HttpExchange(loop, connection, request);
            exchange.attempt(() -> route(exchange));
        }
    }

    private void route(HttpExchange exchange) {
        if (exchange.isMemoryDenied()) {
            StatusMapping.head(exchange.response, MemoryQueue.RETRY_LATER);
            exchange.refuse(RequestRejection.MEMORY);
        } else {
            router.handle(exchange);
        }
    }

    private void refuse(HttpEventLoop loop, HttpServerRequest request) {
        var why = reason(request.decoderResult().cause());
        counters.refused(why);
        var response = request.response();
        if (why == RequestRejection.MEMORY) {
            StatusMapping.head(response, MemoryQueue.RETRY_LATER);
        }
        loop.securityHeaders.addTo(response.headers());
        response.setStatusCode(why.status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CONNECTION, CLOSE)
                .end(loop.rejections.of(why));
    }

    private static RequestRejection reason(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException line -> RequestRejection.REQUEST_LINE_SIZE;
            case TooLongHttpHeaderException head -> RequestRejection.HEAD_SIZE;
            case HeadMeter.TooManyFieldsException fields -> RequestRejection.HEAD_FIELDS;
            case StrictDecoder.NoMemoryException memory -> RequestRejection.MEMORY;
            case RequestLine.VersionException version -> RequestRejection.HTTP_VERSION;
            case StrictDecoder.CodingException coding -> RequestRejection.TRANSFER_CODING;
            default -> RequestRejection.BAD_REQUEST;
        };
    }

    /** Returns an interval so short that each timeout is exact to a quarter of its length. */
    static long millisBetweenSweeps(HttpSettings settings) {
        var limits = settings.limits();
        var streams = settings.streams();
        long shortest = Stream.of(
                        limits.headTimeout(),
                        limits.bodyTimeout(),
                        limits.idleTimeout(),
                        streams.keepAlive(),
                        streams.writeTimeout())
                .mapToLong(Duration::toMillis)
                .min()
                .orElseThrow();
        return Math.clamp(shortest / 4, 1, MAX_MILLIS_BETWEEN_SWEEPS);
    }
}
