package io.breakwater.adapter.http;

import io.breakwater.port.MetricSink;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A listening socket with its event loops, its limits and its certificate: the part that the transport and the
 * management listener share. Thread-safe.
 */
final class HttpListener {
    private final HttpSettings settings;
    private final String record;
    private final InstantSource clock;
    private final TransportCounters counters;
    private final Map<Thread, HttpEventLoop> loops = new ConcurrentHashMap<>();
    private final ConnectionLimiter connectionLimiter;
    private volatile @Nullable VertxInstance vertx;
    private volatile @Nullable Certificates certificates;
    private volatile int port;

    /**
     * Creates a listener that does not listen yet.
     *
     * @param record the name of the settings record that messages name for the host and the port
     * @param clock determines which certificates are valid
     */
    HttpListener(HttpSettings settings, String record, InstantSource clock) {
        this(
                settings,
                record,
                clock,
                false,
                new TransportCounters(settings.streams().open()));
    }

    private HttpListener(
            HttpSettings settings,
            String record,
            InstantSource clock,
            boolean proxiesOnly,
            TransportCounters counters) {
        this.settings = settings;
        this.record = record;
        this.clock = clock;
        this.port = settings.port();
        this.counters = counters;
        this.connectionLimiter = new ConnectionLimiter(settings, proxiesOnly, counters, this::loop);
    }

    /** Creates a further listener, which shares the counters with this one, for the PROXY protocol. */
    HttpListener proxied(HttpSettings.ProxyProtocol proxied) {
        var own = settings.withHost(proxied.host()).withPort(proxied.port());
        return new HttpListener(own, record + ".proxyProtocol", clock, true, counters);
    }

    /**
     * Checks the libraries on which every listener depends. It must come before anything else of a start: with a library
     * of another version, the first class that uses it fails with an error that does not name the cause.
     *
     * @throws PortException.RefusedException when one does not suit; the message says what to set
     */
    static void checkLibraries() {
        NettyVersion.check(NettyVersion.onClassPath());
        VertxExports.check(VertxExports.DECODER, VertxExports.UPGRADE, VertxExports.NET);
    }

    TransportCounters counters() {
        return counters;
    }

    int port() {
        return port;
    }

    /** Returns the scheme, the host and the current port. */
    String root() {
        var scheme = settings.tls() == null ? "http" : "https";
        return scheme + "://" + Authority.bracketed(settings.host()) + ":" + port;
    }

    /**
     * Returns the network address of the configured host.
     *
     * @throws PortException.RefusedException when there is none
     */
    InetAddress resolve(SettingNames names) {
        try {
            return InetAddress.getByName(settings.host());
        } catch (UnknownHostException e) {
            throw new PortException.RefusedException(
                    "Cannot listen on " + settings.host() + ": no such address. Choose another with "
                            + names.nameOf(record + ".host") + ".",
                    e);
        }
    }

    /**
     * Checks the certificate, if there is one.
     *
     * @throws PortException.RefusedException when it cannot be used
     */
    void checkCertificate(SettingNames names) {
        var tls = settings.tls();
        if (tls != null) {
            var created = new VertxInstance(1, connectionLimiter);
            try {
                created.pair(tls, clock.instant(), names);
            } finally {
                created.close();
            }
        }
    }

    /**
     * Listens, and returns when clients can connect.
     *
     * @param effective the settings with the limits that apply on this heap
     * @throws PortException.RefusedException when that is not possible
     */
    void listen(InetAddress address, HttpSettings effective, RequestRouter router, Transport.Host host) {
        var names = host.settingNames();
        var created = new VertxInstance(settings.eventLoops(), connectionLimiter);
        try {
            port = listen(created, address, effective, router, host);
        } catch (CompletionException e) {
            created.close();
            throw new PortException.RefusedException(startFailure(e.getCause(), names), e.getCause());
        } catch (PortException.RefusedException e) {
            created.close();
            throw e;
        }
        vertx = created;
    }

    private int listen(
            VertxInstance created,
            InetAddress address,
            HttpSettings effective,
            RequestRouter router,
            Transport.Host host) {
        var tls = settings.tls();
        var names = host.settingNames();
        var where = VertxSettings.address(address, settings.port());
        Queue<EventLoopServer> servers = new ConcurrentLinkedQueue<>();
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
        return servers.element().port();
    }

    /** Starts to watch the certificate, if there is one. */
    void watchCertificate(MetricSink metrics) {
        var watcher = certificates;
        if (watcher != null) {
            watcher.bindMetrics(metrics);
            watcher.watch();
        }
    }

    /** Returns the certificate, if there is one. */
    List<Dependency> dependencies() {
        var watcher = certificates;
        return watcher == null ? List.of() : List.of(watcher.dependency());
    }

    void startGracefulShutdown() {
        loops.values().forEach(HttpEventLoop::startGracefulShutdown);
    }

    /** Accepts no new connections. */
    void drain() {
        connectionLimiter.close();
        loops.values().forEach(HttpEventLoop::drain);
    }

    /** Waits for the active requests, and closes; returns true when none was lost. */
    boolean stop(Duration grace) {
        if (vertx == null) {
            return true;
        }
        drain();
        HttpEventLoop.awaitSettled(loops.values(), grace);
        boolean lost = loops.values().stream().map(HttpEventLoop::isActive).anyMatch(CompletableFuture::join);
        close();
        return !lost;
    }

    /** Closes all connections at once. */
    void close() {
        var running = vertx;
        var watcher = certificates;
        if (watcher != null) {
            watcher.close();
        }
        if (running != null) {
            running.close();
            vertx = null;
        }
    }

    private HttpEventLoop loop() {
        var loop = loops.get(Thread.currentThread());
        if (loop == null) {
            throw new IllegalStateException("not on an event loop of this transport");
        }
        return loop;
    }

    private String startFailure(@Nullable Throwable cause, SettingNames names) {
        var text = cause == null ? "" : String.valueOf(cause.getMessage());
        var port = names.nameOf(record + ".port");
        if (text.contains("Address already in use")) {
            return "Port " + settings.port() + " on " + settings.host()
                    + " is in use; stop the program that uses it, or choose another port with " + port + ".";
        }
        return "Cannot listen on port " + settings.port() + " of " + settings.host() + ": " + text
                + ". Choose another port with " + port + " or another address with " + names.nameOf(record + ".host")
                + ".";
    }
}
