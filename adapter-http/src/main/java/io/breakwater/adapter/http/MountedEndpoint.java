package io.breakwater.adapter.http;

import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.port.driving.Transport;
import io.netty.util.NetUtil;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The MCP endpoint of a {@link McpHttpHandler}, from its start to its stop. */
final class MountedEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(McpHttpHandler.class);
    private static final ReplyStatus.Overloaded STOPPING = new ReplyStatus.Overloaded(Duration.ofSeconds(5));

    private final Vertx vertx;
    private final HttpSettings settings;
    private final Transport.Host host;
    private final boolean localOnly;
    private final OriginFilter origins;
    private final McpHandler mcp;
    private final TransportCounters counters;
    private final Collection<HttpEventLoop> loops;
    private final long timer;
    private volatile boolean draining;

    /**
     * Registers the metrics and starts the periodic check of timeouts.
     *
     * @param loops the event loops on which requests have arrived; the handler adds further ones
     */
    MountedEndpoint(Vertx vertx, HttpSettings chosen, Transport.Host host, Collection<HttpEventLoop> loops) {
        this.vertx = vertx;
        this.settings = BodyLimit.lower(chosen, host.memory(), host.settingNames());
        this.host = host;
        this.localOnly = !settings.anonymous() && host.authenticator().acceptsAnonymous();
        this.origins = new OriginFilter(settings, localOnly);
        this.mcp = new McpHandler(settings, host);
        this.counters = new TransportCounters(settings.streams().open());
        this.loops = loops;
        counters.bindRequestMetrics(host.metrics());
        timer = sweepPeriodically();
    }

    /** Sets the timer on a thread without a context, because the timer of a verticle ends with that verticle. */
    private long sweepPeriodically() {
        long millis = EventLoopServer.millisBetweenSweeps(settings);
        return CompletableFuture.supplyAsync(() -> vertx.setPeriodic(millis, tick -> sweep()))
                .join();
    }

    private void sweep() {
        loops.forEach(loop -> loop.run(loop::sweep));
    }

    /** Creates the state of the current event loop. */
    HttpEventLoop loop(Thread thread) {
        return new HttpEventLoop(settings, counters, host, vertx.getOrCreateContext());
    }

    void handle(HttpEventLoop loop, HttpServerRequest request) {
        var exchange = new HttpExchange(loop, new MountedConnection(request, loop), request);
        exchange.attempt(() -> serve(exchange));
    }

    private void serve(HttpExchange exchange) {
        var request = exchange.request;
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        var refusal = refusal(request, origin);
        if (refusal == null) {
            mcp.handle(exchange, origin);
        } else {
            if (refusal == RequestRejection.STOPPED) {
                StatusMapping.head(exchange.response, STOPPING);
            }
            exchange.refuse(refusal);
        }
        if (!exchange.isReadingStopped()) {
            request.resume();
        }
    }

    private @Nullable RequestRejection refusal(HttpServerRequest request, @Nullable String origin) {
        if (draining) {
            return RequestRejection.STOPPED;
        }
        if (localOnly && !isLocal(request.connection().localAddress(true))) {
            return RequestRejection.ANONYMOUS;
        }
        if (request.isEnded() && request.method().equals(HttpMethod.POST)) {
            LOG.error("The body of a request was read before McpHttpHandler received it. Call the handler before any"
                    + " handler that reads bodies, or pause the request until then.");
            return RequestRejection.INTERNAL;
        }
        return origins.refusal(request, origin);
    }

    /** Whether only this machine can reach the address. */
    static boolean isLocal(@Nullable SocketAddress local) {
        if (local == null || local.hostAddress() == null) {
            return true; // a domain socket
        }
        var bytes = NetUtil.createByteArrayFromIpAddressString(local.hostAddress());
        try {
            return bytes != null && InetAddress.getByAddress(bytes).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Refuses further requests, and finishes those that were accepted. */
    void drain() {
        draining = true;
    }

    /** Waits until accepted requests are answered, then ends the others; false when a request was lost. */
    boolean finish(Duration grace) {
        HttpEventLoop.awaitSettled(loops, grace);
        boolean lost =
                loops.stream().map(HttpEventLoop::isActive).toList().stream().anyMatch(CompletableFuture::join);
        loops.forEach(HttpEventLoop::abort);
        vertx.cancelTimer(timer);
        return !lost;
    }
}
