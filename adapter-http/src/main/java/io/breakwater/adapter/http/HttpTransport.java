package io.breakwater.adapter.http;

import io.breakwater.port.PortException;
import io.breakwater.port.SettingNames;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driving.Transport;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * MCP over HTTP (Streamable HTTP, both eras), with the HTTP resources of the server.
 *
 * <p>The event loops never block. A request passes the {@link OriginFilter}, its body is read within the limits, and
 * the endpoint gets the bytes; the answer is sent as one JSON body or as an event stream. Thread-safe.
 *
 * <pre>{@code
 * server.serve(HttpTransport.on("127.0.0.1", 8080));
 * }</pre>
 */
public final class HttpTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);

    private static final String HOST = "HttpSettings.host";
    private static final String PORT = "HttpSettings.port";

    private final HttpSettings settings;
    private final InstantSource clock;
    private final TransportCounters counters;
    private final Map<Thread, HttpEventLoop> loops = new ConcurrentHashMap<>();
    private final ConnectionLimiter connectionLimiter;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile @Nullable VertxInstance vertx;
    private volatile @Nullable Certificates certificates;
    private volatile int port;

    private HttpTransport(HttpSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.port = settings.port();
        this.counters = new TransportCounters(settings.streams().open());
        this.connectionLimiter = new ConnectionLimiter(settings.limits(), counters, this::loop);
    }

    /** Creates a transport on an address and port, with {@link HttpSettings#defaults()} otherwise. */
    public static HttpTransport on(String host, int port) {
        return with(HttpSettings.defaults().withHost(host).withPort(port));
    }

    /** Creates a transport with these settings. */
    public static HttpTransport with(HttpSettings settings) {
        return with(settings, InstantSource.system());
    }

    /** Creates a transport with a clock, which determines which certificates are valid. */
    static HttpTransport with(HttpSettings settings, InstantSource clock) {
        return new HttpTransport(settings, clock);
    }

    @Override
    public void start(Host host) {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("This HttpTransport (" + address()
                    + ") was started before. Create one with HttpTransport.on(...) or with(...) for each server.");
        }
        try {
            open(host);
        } catch (RuntimeException failure) {
            started.set(false); // the caller may try again, for example when the port is free
            throw failure;
        }
    }

    private void open(Host host) {
        NettyVersion.check(NettyVersion.onClassPath());
        VertxExports.check(VertxExports.DECODER, VertxExports.UPGRADE, VertxExports.NET);
        var names = host.settingNames();
        var address = resolve(names);
        boolean local = address.isLoopbackAddress();
        if (!local && !settings.exposed()) {
            throw new PortException.RefusedException(
                    "Refusing to listen on " + settings.host() + ": every client in the network could call every tool."
                            + " Listen on 127.0.0.1 (" + names.nameOf(HOST) + "), or set "
                            + names.nameOf("HttpSettings.exposed") + " to true if this is intended.",
                    null);
        }
        counters.bindMetrics(host.metrics());
        var effective = BodyLimit.lower(settings, host.memory(), names);
        listen(address, effective, new RequestRouter(effective, new OriginFilter(settings, local), host), host);
        var watcher = certificates;
        if (watcher != null) {
            watcher.bindMetrics(host.metrics());
            watcher.watch();
        }
        LOG.info("Listening on {}", address());
    }

    @Override
    public void startGracefulShutdown() {
        loops.values().forEach(HttpEventLoop::startGracefulShutdown);
    }

    @Override
    public void drain() {
        connectionLimiter.close();
        loops.values().forEach(HttpEventLoop::drain);
    }

    @Override
    public boolean stop(Duration grace) {
        var running = vertx;
        if (running == null) {
            return true;
        }
        drain();
        var watcher = certificates;
        if (watcher != null) {
            watcher.close();
        }
        HttpEventLoop.awaitSettled(loops.values(), grace);
        boolean lost = loops.values().stream().map(HttpEventLoop::isActive).anyMatch(CompletableFuture::join);
        running.close();
        vertx = null;
        return !lost;
    }

    @Override
    public CompletionStage<Void> ended() {
        return ended.copy();
    }

    /** Returns the certificate, if there is one. */
    @Override
    public List<Dependency> dependencies() {
        var watcher = certificates;
        return watcher == null ? List.of() : List.of(watcher.dependency());
    }

    @Override
    public String address() {
        var scheme = settings.tls() == null ? "http" : "https";
        return scheme + "://" + Authority.bracketed(settings.host()) + ":" + port + settings.path();
    }

    private HttpEventLoop loop() {
        var loop = loops.get(Thread.currentThread());
        if (loop == null) {
            throw new IllegalStateException("not on an event loop of this transport");
        }
        return loop;
    }

    private InetAddress resolve(SettingNames names) {
        try {
            return InetAddress.getByName(settings.host());
        } catch (UnknownHostException e) {
            throw new PortException.RefusedException(
                    "Cannot listen on " + settings.host() + ": no such address. Choose another with "
                            + names.nameOf(HOST) + ".",
                    e);
        }
    }

    private void listen(InetAddress address, HttpSettings effective, RequestRouter router, Host host) {
        var names = host.settingNames();
        var tls = settings.tls();
        var created = new VertxInstance(settings.eventLoops(), connectionLimiter);
        var where = VertxSettings.address(address, settings.port());
        Queue<EventLoopServer> servers = new ConcurrentLinkedQueue<>();
        try {
            var pair = tls == null ? null : created.pair(tls, clock.instant(), names);
            var options = pair == null ? null : pair.options();
            created.listen(() -> {
                var server = new EventLoopServer(effective, where, router, counters, host, loops, options);
                servers.add(server);
                return server;
            });
            if (tls != null && pair != null) {
                certificates =
                        new Certificates(tls, created.source(tls, clock), pair, servers.element()::use, clock, names);
            }
        } catch (CompletionException e) {
            created.close();
            throw new PortException.RefusedException(startFailure(e.getCause(), names), e.getCause());
        } catch (PortException.RefusedException e) {
            created.close();
            throw e;
        }
        vertx = created;
        port = servers.element().port();
    }

    private String startFailure(@Nullable Throwable cause, SettingNames names) {
        var text = cause == null ? "" : String.valueOf(cause.getMessage());
        if (text.contains("Address already in use")) {
            return "Port " + settings.port() + " on " + settings.host()
                    + " is in use; stop the program that uses it, or choose another port with " + names.nameOf(PORT)
                    + ".";
        }
        return "Cannot listen on port " + settings.port() + " of " + settings.host() + ": " + text
                + ". Choose another port with " + names.nameOf(PORT) + " or another address with " + names.nameOf(HOST)
                + ".";
    }
}
