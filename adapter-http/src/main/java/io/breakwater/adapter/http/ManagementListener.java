package io.breakwater.adapter.http;

import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException;
import io.breakwater.port.SettingNames;
import io.breakwater.port.driving.Transport;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listener for operators: it serves the HTTP resources of {@code Listener.MANAGEMENT} and the probes, and no MCP.
 * Resources with {@code Access.MANAGEMENT} need the key in each request: {@code Authorization: Bearer <key>}.
 *
 * <p>It serves until {@link #stop}, so that operators can watch how a server shuts down. Thread-safe.
 *
 * <pre>{@code
 * server.serve(HttpTransport.on("127.0.0.1", 8080));
 * server.serve(ManagementListener.with(ManagementSettings.defaults()));
 * }</pre>
 */
public final class ManagementListener implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(ManagementListener.class);

    private static final String RECORD = "ManagementSettings";

    private final ManagementSettings settings;
    private final ManagementKey key;
    private final HttpListener listener;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicBoolean started = new AtomicBoolean();

    private ManagementListener(ManagementSettings settings) {
        this.settings = settings;
        this.key = settings.key() == null ? ManagementKey.random() : settings.key();
        this.listener = new HttpListener(settings.http(), RECORD, InstantSource.system());
    }

    /** Creates a listener with these settings. */
    public static ManagementListener with(ManagementSettings settings) {
        return new ManagementListener(settings);
    }

    /** Returns the key that requests must contain: that of the settings, or a random one. */
    public ManagementKey key() {
        return key;
    }

    @Override
    public void start(Host host) {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("This ManagementListener (" + address()
                    + ") was started before. Create one with ManagementListener.with(...) for each server.");
        }
        try {
            open(host);
        } catch (RuntimeException failure) {
            started.set(false); // the caller may try again, for example when the port is free
            throw failure;
        }
    }

    /**
     * Checks what {@link #start} checks, except that the port is free, and opens nothing.
     *
     * @throws PortException.RefusedException when the listener could not start; the message says what to do
     */
    public void check(Host host) {
        HttpListener.checkLibraries();
        resolve(host.settingNames());
        listener.checkCertificate(host.settingNames());
    }

    /** Returns the address to listen on, unless every client in the network could read the pages there. */
    private InetAddress resolve(SettingNames names) {
        var address = listener.resolve(names);
        if (!address.isLoopbackAddress() && settings.key() == null) {
            throw new PortException.RefusedException(
                    "Refusing to serve management pages on " + settings.host() + " without a key: every client in the"
                            + " network could read them. Listen on 127.0.0.1 (" + names.nameOf(RECORD + ".host")
                            + "), or set " + names.nameOf(RECORD + ".key") + " to a secret of at least 32 characters.",
                    null);
        }
        return address;
    }

    private void open(Host host) {
        HttpListener.checkLibraries();
        var names = host.settingNames();
        var address = resolve(names);
        boolean local = address.isLoopbackAddress();
        var effective = BodyLimit.lower(settings.http(), host.memory(), names);
        var checks = AccessCheck.ofManagement(key, local, host);
        var router = RequestRouter.ofManagement(new OriginFilter(effective, local), checks, host);
        listener.listen(address, effective, router, host);
        listener.watchCertificate(MetricSink.none()); // the transport has the metrics of the certificate
        host.metrics()
                .counter(
                        "mcp_management_refused_total",
                        "Requests and connections that the management listener refused.",
                        Map.of(),
                        listener.counters()::allRefused);
        LOG.info("Serving management pages on {}", address());
    }

    /** Has no effect: the listener serves until {@link #stop}. */
    @Override
    public void startGracefulShutdown() {
        // Operators watch the shutdown.
    }

    /** Has no effect: the listener serves until {@link #stop}. */
    @Override
    public void drain() {
        // As above.
    }

    /** Closes the listener. Requests to it are not waited for, and their loss does not count. */
    @Override
    public boolean stop(Duration grace) {
        listener.close();
        return true;
    }

    @Override
    public CompletionStage<Void> ended() {
        return ended.copy();
    }

    @Override
    public String address() {
        return listener.root();
    }
}
