package io.breakwater.adapter.http;

import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driving.Transport;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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

    private final HttpSettings settings;
    private final HttpListener listener;
    private final @Nullable HttpListener proxied;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicBoolean started = new AtomicBoolean();

    private HttpTransport(HttpSettings settings, InstantSource clock) {
        this.settings = settings;
        this.listener = new HttpListener(settings, "HttpSettings", clock);
        var protocol = settings.proxyProtocol();
        this.proxied = protocol == null ? null : listener.proxied(protocol);
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

    /**
     * Checks what {@link #start} checks, except that the ports are free, and opens nothing.
     *
     * @throws PortException.RefusedException when the transport could not start; the message says what to do
     */
    public void check(Host host) {
        HttpListener.checkLibraries();
        resolveSecond(host, resolve(listener, settings.host(), HOST, host));
        listener.checkCertificate(host.settingNames());
    }

    /** Returns the address of the listener for the PROXY protocol; the other one if there is none. */
    private InetAddress resolveSecond(Host host, InetAddress first) {
        var protocol = settings.proxyProtocol();
        return proxied == null || protocol == null
                ? first
                : resolve(proxied, protocol.host(), "HttpSettings.proxyProtocol.host", host);
    }

    private void open(Host host) {
        HttpListener.checkLibraries();
        var address = resolve(listener, settings.host(), HOST, host);
        var second = resolveSecond(host, address);
        boolean local = address.isLoopbackAddress() && second.isLoopbackAddress();
        listener.counters().bindMetrics(host.metrics());
        var effective = BodyLimit.lower(settings, host.memory(), host.settingNames());
        var router = RequestRouter.ofPublic(effective, new OriginFilter(settings, local), host);
        listener.listen(address, effective, router, host);
        listener.watchCertificate(host.metrics());
        LOG.info("Listening on {}", address());
        if (proxied != null) {
            openProxied(proxied, second, effective, router, host);
        }
    }

    private void openProxied(
            HttpListener second, InetAddress address, HttpSettings effective, RequestRouter router, Host host) {
        try {
            second.listen(address, effective, router, host);
        } catch (RuntimeException failure) {
            listener.close();
            throw failure;
        }
        second.watchCertificate(MetricSink.none()); // the other listener has the metrics of the certificate
        LOG.info("Accepting the PROXY protocol on {}", second.root());
    }

    /** Returns the address to listen on, unless every client in the network could call every tool there. */
    private InetAddress resolve(HttpListener listening, String name, String hostSetting, Host host) {
        var names = host.settingNames();
        var address = listening.resolve(names);
        if (!address.isLoopbackAddress()
                && !settings.anonymous()
                && host.authenticator().acceptsAnonymous()) {
            throw new PortException.RefusedException(
                    "Refusing to listen on " + name + " without authentication: every client in the network"
                            + " could call every tool. Switch on authentication ("
                            + names.nameOf("BreakwaterBuilder.authenticator") + "), or set "
                            + names.nameOf("HttpSettings.anonymous") + " to true if this is intended, or listen on"
                            + " 127.0.0.1 (" + names.nameOf(hostSetting) + ").",
                    null);
        }
        return address;
    }

    /** Returns the current port of the listener for the PROXY protocol. */
    int proxiedPort() {
        return proxied == null ? 0 : proxied.port();
    }

    @Override
    public void startGracefulShutdown() {
        listener.startGracefulShutdown();
        if (proxied != null) {
            proxied.startGracefulShutdown();
        }
    }

    @Override
    public void drain() {
        listener.drain();
        if (proxied != null) {
            proxied.drain();
        }
    }

    @Override
    public boolean stop(Duration grace) {
        if (proxied == null) {
            return listener.stop(grace);
        }
        drain();
        long end = System.nanoTime() + grace.toNanos();
        boolean whole = proxied.stop(grace);
        var rest = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        return listener.stop(rest) && whole;
    }

    @Override
    public CompletionStage<Void> ended() {
        return ended.copy();
    }

    /** Returns the certificate, if there is one. */
    @Override
    public List<Dependency> dependencies() {
        return listener.dependencies();
    }

    @Override
    public String address() {
        return listener.root() + settings.path();
    }
}
