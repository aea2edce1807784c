package io.breakwater.adapter.http.outbound;

import io.breakwater.port.SettingNames;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.ConnectException;
import java.net.InetAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections with Vert.x, in HTTP/1.1. It never resolves a name: the address is an argument, and the name is
 * only in the {@code Host} field and in TLS. Proxies from the environment do not count, because they would resolve the
 * name again. Vert.x pools connections by name and address together.
 */
@OutageBehavior(
        guard = "outbound addresses",
        dependency = GuardDependency.DNS,
        failure = "failing or changing its answer",
        effect = OutageEffect.DENY,
        behavior =
                "A request to a service fails if its name has no address or one that is not allowed. The server connects "
                        + "to the address that it has checked, and asks for no other.",
        recovery = "The next request resolves the name again.",
        signal = "health cause of the service, such as `issuer <name>`",
        details = "security.md#tokens-of-an-identity-provider")
final class Connector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connector.class);

    /** Servers commonly close idle connections after 15 seconds or later. */
    private static final int IDLE_SECONDS = 10;

    /** A service cannot keep a connection for longer with a Keep-Alive field. */
    private static final int LIFETIME_SECONDS = 60;

    private static final int LOOK_UPS = 4;
    private static final int UNLIMITED = -1;

    private final Vertx vertx;
    private final EventLoops eventLoops;
    private final Clients kept;
    private final Clients closing;

    private Connector(OutboundSettings settings, SettingNames settingNames, int eventLoops, int maxWaiting) {
        var options = options(settings, settingNames);
        vertx = Vertx.vertx(vertx(eventLoops));
        this.eventLoops = EventLoops.of(vertx, eventLoops);
        var pool = new PoolOptions()
                .setHttp1MaxSize(settings.requestsPerHost())
                .setMaxWaitQueueSize(maxWaiting)
                .setMaxLifetime(LIFETIME_SECONDS)
                .setMaxLifetimeUnit(TimeUnit.SECONDS);
        kept = clients(options, pool);
        closing = clients(new HttpClientOptions(options).setKeepAlive(false), pool);
    }

    /** For a client that limits the concurrent requests to each host itself. */
    static Connector withOneEventLoop(OutboundSettings settings, SettingNames settingNames) {
        return new Connector(settings, settingNames, 1, UNLIMITED);
    }

    /** For many requests; those that wait for a connection are limited too. */
    static Connector withEventLoops(int number, OutboundSettings settings, SettingNames settingNames) {
        return new Connector(settings, settingNames, number, settings.waitingPerHost());
    }

    /** The clients for hosts that are names and for hosts that are addresses. */
    private record Clients(HttpClientAgent names, HttpClientAgent literals) {
        HttpClientAgent forHost(Target target) {
            return target.literal() == null ? names : literals;
        }
    }

    /** The JDK does not send names without a dot as the server name (SNI); addresses must never be sent. */
    private Clients clients(HttpClientOptions options, PoolOptions pool) {
        return new Clients(client(new HttpClientOptions(options).setForceSni(true), pool), client(options, pool));
    }

    private HttpClientAgent client(HttpClientOptions options, PoolOptions pool) {
        return vertx.httpClientBuilder()
                .with(options)
                .with(pool)
                .withConnectHandler(Connector::connected)
                .build();
    }

    private static void connected(HttpConnection connection) {
        keepOutOfTheLog(connection);
        ResponseBoundary.install(connection);
    }

    /** Vert.x would log an error for each invalid message, and a service could fill the log. The request fails anyway. */
    private static void keepOutOfTheLog(HttpConnection connection) {
        connection.exceptionHandler(
                invalid -> LOG.debug("Invalid message from {}", connection.remoteAddress(), invalid));
    }

    private static VertxOptions vertx(int eventLoops) {
        return new VertxOptions()
                .setEventLoopPoolSize(eventLoops)
                .setWorkerPoolSize(LOOK_UPS)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }

    private static HttpClientOptions options(OutboundSettings settings, SettingNames settingNames) {
        long connect = settings.connectTimeout().toMillis();
        var options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setHttp2ClearTextUpgrade(false)
                .setConnectTimeout((int) Math.max(1, connect))
                .setSslHandshakeTimeout(Math.max(1, connect))
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setVerifyHost(true)
                .setTrustAll(false)
                .setDecompressionSupported(false)
                .setMaxRedirects(0)
                .setMaxHeaderSize(settings.responseHeadBytes())
                .setKeepAliveTimeout(IDLE_SECONDS);
        var store = settings.trustStore();
        return store == null ? options : options.setTrustOptions(TrustedAuthorities.options(store, settingNames));
    }

    /** Runs a look-up on a thread of its own, because a look-up cannot be interrupted. */
    <T> CompletableFuture<T> lookUp(Callable<T> lookUp) {
        return future(vertx.executeBlocking(lookUp, false));
    }

    /** Runs an action on an event loop, where all steps of an exchange run without a change of the thread. */
    void run(Runnable action) {
        eventLoops.next().runOnContext(unused -> action.run());
    }

    /** Connects to an address, or reuses a connection to it; the request is not sent yet. */
    CompletableFuture<HttpClientRequest> connect(Target target, InetAddress address, RequestOptions head) {
        return future(open(target, address, head, true));
    }

    /**
     * The same for a thread that does not wait.
     *
     * @param head the method and the fields; where it goes is added
     * @param keep whether the connection may come from an earlier request, and may be kept for the next one
     * @return the request; a {@link RejectedExecutionException} if the connector is closed
     */
    Future<HttpClientRequest> open(Target target, InetAddress address, RequestOptions head, boolean keep) {
        var options = head.setServer(
                        SocketAddress.inetSocketAddress(target.port(), authority(address.getHostAddress())))
                .setHost(authority(target.host()))
                .setPort(target.port())
                .setSsl(target.tls())
                .setURI(target.pathAndQuery())
                .setFollowRedirects(false);
        try {
            var opened = keep ? kept.forHost(target).request(options) : connected(closing.forHost(target), options);
            return opened.compose(request -> verified(request, address));
        } catch (IllegalStateException closed) {
            return Future.failedFuture(new RejectedExecutionException(closed));
        }
    }

    /** Connects without the pool, which would remember each of many instances for 10 seconds after its check. */
    private static Future<HttpClientRequest> connected(HttpClientAgent client, RequestOptions options) {
        var connect = new HttpConnectOptions()
                .setServer(options.getServer())
                .setHost(options.getHost())
                .setPort(options.getPort())
                .setSsl(options.isSsl());
        return client.connect(connect).compose(connection -> {
            keepOutOfTheLog(connection);
            return connection.request(options);
        });
    }

    /** Vert.x wants an IPv6 address in the form that it has in a URL, and opens no connection otherwise. */
    private static String authority(String host) {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    /** The pool is not ours, so the request checks once more where its connection leads. */
    private static Future<HttpClientRequest> verified(HttpClientRequest request, InetAddress address) {
        request.exceptionHandler(broken -> LOG.debug("Connection to {} broke", address, broken));
        var connected = request.connection().remoteAddress();
        if (address.getHostAddress().equals(connected.hostAddress())) {
            return Future.succeededFuture(request);
        }
        request.reset();
        return Future.failedFuture(new ConnectException("connected to " + connected + " instead of " + address));
    }

    private static <T> CompletableFuture<T> future(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture();
    }

    /** Closes all connections and ends all threads. */
    @Override
    public void close() {
        future(vertx.close()).join();
    }
}
