package io.breakwater.adapter.http;

import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.nonNullCopy;
import static io.breakwater.port.support.SettingChecks.notNull;
import static io.breakwater.port.support.SettingChecks.positive;

import io.breakwater.adapter.http.network.Network;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of {@link HttpTransport}. Start from {@link #defaults()} and change what differs:
 *
 * <pre>{@code
 * HttpSettings.defaults().withPort(9000).withAllowedHosts("mcp.example.com")
 * }</pre>
 *
 * <p>In a configuration file, each component is a setting under {@code http} with dashes instead of capitals:
 * {@code http.allowed-hosts}, {@code http.limits.body-bytes}.
 *
 * @param host the address to listen on, as a name or a literal
 * @param port the port to listen on; 0 selects a free one
 * @param path the path of the MCP endpoint
 * @param anonymous whether callers without a credential may use a server that listens on an address that other
 *     machines can reach; without authentication, the server listens on loopback addresses only until this is true
 * @param allowedHosts the host names that clients may use for this server ({@code mcp.example.com}, with a port to
 *     allow only that port), in addition to the loopback names and {@code host} itself
 * @param allowedOrigins the origins of web pages whose scripts may call this server ({@code https://app.example.com});
 *     while the server listens on loopback only, pages from this machine are always allowed
 * @param limits the limits for clients
 * @param streams the limits for event streams (SSE)
 * @param eventLoops the number of threads that read requests and write answers; the handlers of most tools run on other
 *     threads
 * @param tls the certificate to serve with, or null for plain HTTP
 * @param proxies the reverse proxies in front of the server that name their callers
 * @param proxyProtocol the further listener for proxies that speak the PROXY protocol, or null for none
 */
public record HttpSettings(
        String host,
        int port,
        String path,
        boolean anonymous,
        List<String> allowedHosts,
        List<String> allowedOrigins,
        Limits limits,
        Streams streams,
        int eventLoops,
        @Nullable Tls tls,
        Proxies proxies,
        @Nullable ProxyProtocol proxyProtocol) {

    /** Refuses what could never work. */
    public HttpSettings {
        notNull(limits, "HttpSettings.limits");
        notNull(streams, "HttpSettings.streams");
        notNull(proxies, "HttpSettings.proxies");
        check(!notNull(host, "HttpSettings.host").isBlank(), "host must be an address, for instance 127.0.0.1");
        check(port >= 0 && port <= 65_535, "port must be between 0 and 65535, but is " + port + ".");
        check(
                notNull(path, "HttpSettings.path").startsWith("/") && !path.contains("?"),
                "path must begin with a slash, for instance /mcp");
        positive(eventLoops, "HttpSettings.eventLoops");
        check(
                proxyProtocol == null || !proxies.trusted().isEmpty(),
                "proxyProtocol accepts connections of trusted proxies only, but proxies.trusted is empty");
        allowedHosts = nonNullCopy(allowedHosts, "HttpSettings.allowedHosts");
        allowedOrigins = nonNullCopy(allowedOrigins, "HttpSettings.allowedOrigins");
        allowedHosts.forEach(name -> check(
                Authority.parse(name) != null,
                "allowedHosts contains '" + name + "', which is not a host name; write mcp.example.com, or"
                        + " mcp.example.com:8443 for one port only"));
        allowedOrigins.forEach(origin -> check(
                Origin.parse(origin) != null,
                "allowedOrigins contains '" + origin + "', which is not an origin; write https://app.example.com"));
    }

    /** Loopback only, port 8080, path {@code /mcp}, plain HTTP. */
    public static HttpSettings defaults() {
        return new HttpSettings(
                "127.0.0.1",
                8080,
                "/mcp",
                false,
                List.of(),
                List.of(),
                Limits.defaults(),
                Streams.defaults(),
                eventLoopsFor(Runtime.getRuntime().availableProcessors()),
                null,
                Proxies.none(),
                null);
    }

    /** Returns half of the processors, so that the tools have the others: this serves more requests. */
    static int eventLoopsFor(int processors) {
        return Math.max(1, processors / 2);
    }

    /** Returns these settings with another address. */
    public HttpSettings withHost(String host) {
        return new HttpSettings(
                host,
                port,
                path,
                anonymous,
                allowedHosts,
                allowedOrigins,
                limits,
                streams,
                eventLoops,
                tls,
                proxies,
                proxyProtocol);
    }

    /** Returns these settings with another port. */
    public HttpSettings withPort(int port) {
        return new HttpSettings(
                host,
                port,
                path,
                anonymous,
                allowedHosts,
                allowedOrigins,
                limits,
                streams,
                eventLoops,
                tls,
                proxies,
                proxyProtocol);
    }

    /** Returns these settings with another path of the MCP endpoint. */
    public HttpSettings withPath(String path) {
        return new HttpSettings(
                host,
                port,
                path,
                anonymous,
                allowedHosts,
                allowedOrigins,
                limits,
                streams,
                eventLoops,
                tls,
                proxies,
                proxyProtocol);
    }

    /**
     * Returns these settings with the permission to listen without authentication on an address that other machines can
     * reach, or without it.
     */
    public HttpSettings withAnonymous(boolean anonymous) {
        return new HttpSettings(
                host,
                port,
                path,
                anonymous,
                allowedHosts,
                allowedOrigins,
                limits,
                streams,
                eventLoops,
                tls,
                proxies,
                proxyProtocol);
    }

    /** Returns these settings with these host names in addition to the loopback names and the host itself. */
    public HttpSettings withAllowedHosts(String... names) {
        return new HttpSettings(
                host,
                port,
                path,
                anonymous,
                Arrays.asList(names),
                allowedOrigins,
                limits,
                streams,
                eventLoops,
                tls,
                proxies,
                proxyProtocol);
    }

    /** Returns these settings with these origins of web pages. */
    public HttpSettings withAllowedOrigins(String... origins) {
        return new HttpSettings(
                host,
                port,
                path,
                anonymous,
                allowedHosts,
                Arrays.asList(origins),
                limits,
                streams,
                eventLoops,
                tls,
                proxies,
                proxyProtocol);
    }

    /** Returns these settings with other limits. */
    public HttpSettings withLimits(Limits limits) {
        return new HttpSettings(
                host,
                port,
                path,
                anonymous,
                allowedHosts,
                allowedOrigins,
                limits,
                streams,
                eventLoops,
                tls,
                proxies,
                proxyProtocol);
    }

    /** Returns these settings with other limits for streams. */
    public HttpSettings withStreams(Streams streams) {
        return new HttpSettings(
                host,
                port,
                path,
                anonymous,
                allowedHosts,
                allowedOrigins,
                limits,
                streams,
                eventLoops,
                tls,
                proxies,
                proxyProtocol);
    }

    /** Returns these settings with another number of threads that read requests and write answers. */
    public HttpSettings withEventLoops(int eventLoops) {
        return new HttpSettings(
                host,
                port,
                path,
                anonymous,
                allowedHosts,
                allowedOrigins,
                limits,
                streams,
                eventLoops,
                tls,
                proxies,
                proxyProtocol);
    }

    /** Returns these settings with a certificate. */
    public HttpSettings withTls(Tls tls) {
        return new HttpSettings(
                host,
                port,
                path,
                anonymous,
                allowedHosts,
                allowedOrigins,
                limits,
                streams,
                eventLoops,
                tls,
                proxies,
                proxyProtocol);
    }

    /** Returns these settings with these reverse proxies in front of the server. */
    public HttpSettings withProxies(Proxies proxies) {
        return new HttpSettings(
                host,
                port,
                path,
                anonymous,
                allowedHosts,
                allowedOrigins,
                limits,
                streams,
                eventLoops,
                tls,
                proxies,
                proxyProtocol);
    }

    /** Returns these settings with a further listener for the PROXY protocol. */
    public HttpSettings withProxyProtocol(ProxyProtocol proxyProtocol) {
        return new HttpSettings(
                host,
                port,
                path,
                anonymous,
                allowedHosts,
                allowedOrigins,
                limits,
                streams,
                eventLoops,
                tls,
                proxies,
                proxyProtocol);
    }

    /**
     * A further listener, on which each connection begins with a header of the PROXY protocol, version 1 or 2. It serves
     * only {@link Proxies#trusted trusted proxies}, and has the other settings of the server.
     *
     * @param host the address to listen on, as a name or a literal
     * @param port the port to listen on; 0 selects a free one
     */
    public record ProxyProtocol(String host, int port) {

        /** Refuses what could never work. */
        public ProxyProtocol {
            check(
                    !notNull(host, "HttpSettings.ProxyProtocol.host").isBlank(),
                    "host must be an address, for instance 127.0.0.1");
            check(port >= 0 && port <= 65_535, "port must be between 0 and 65535, but is " + port + ".");
        }
    }

    /** The header field in which reverse proxies name the caller of a request. */
    public enum ForwardingHeader {
        /** {@code X-Forwarded-For}, a list of addresses. */
        X_FORWARDED_FOR("X-Forwarded-For"),
        /** {@code Forwarded} (RFC 7239), whose parameter {@code for} has the address. */
        FORWARDED("Forwarded");

        private final String fieldName;

        ForwardingHeader(String fieldName) {
            this.fieldName = fieldName;
        }

        /** Returns the name of the field. */
        public String fieldName() {
            return fieldName;
        }
    }

    /**
     * The reverse proxies in front of the server. The server believes exactly one field, because a proxy passes the
     * other one on as the client sent it.
     *
     * @param trusted the addresses and networks of the proxies, such as {@code 10.0.0.0/8}
     * @param header the field in which they name the caller
     */
    public record Proxies(List<String> trusted, ForwardingHeader header) {

        /** Refuses what could never work. */
        public Proxies {
            notNull(header, "HttpSettings.Proxies.header");
            trusted = nonNullCopy(trusted, "HttpSettings.Proxies.trusted");
            trusted.forEach(network -> check(
                    Network.parse(network).isPresent(),
                    "trusted contains '" + network + "', which is not an address or a network; write 10.0.0.5 or"
                            + " 10.0.0.0/8"));
        }

        /** Returns no proxies. */
        public static Proxies none() {
            return trusting(List.of());
        }

        /** Returns the proxies at these addresses and in these networks, which send {@code X-Forwarded-For}. */
        public static Proxies trusting(List<String> networks) {
            return new Proxies(networks, ForwardingHeader.X_FORWARDED_FOR);
        }
    }

    /**
     * The limits for clients.
     *
     * @param headBytes the maximum size of all header fields of a request together, in bytes
     * @param headFields the maximum number of header fields of a request
     * @param requestLineBytes the maximum length of the first line of a request, in bytes
     * @param bodyBytes the maximum size of the body of a request, in bytes
     * @param headTimeout the maximum time from the first byte of a request until its header fields are complete
     * @param bodyTimeout the maximum time for the body of a request; one second more for each {@code bodyBytesPerSecond}
     *     that arrived
     * @param bodyBytesPerSecond the minimum speed of a body, in bytes per second
     * @param idleTimeout the time after which a connection without requests is closed
     * @param connections the maximum number of open connections
     * @param connectionsPerAddress the maximum number of open connections from one network address
     * @param requestsPerConnection the maximum number of concurrent requests on one HTTP/2 connection
     * @param resetsPerWindow the maximum number of requests that one HTTP/2 connection may cancel within 30 seconds
     * @param controlFramesPerWindow the maximum number of frames of the types SETTINGS, PING, PRIORITY and of unknown
     *     types that one HTTP/2 connection may send within 30 seconds
     * @param handshakesPerAddress the maximum number of concurrent TLS handshakes with one network address
     * @param handshakeTimeout the maximum time for a TLS handshake
     */
    public record Limits(
            int headBytes,
            int headFields,
            int requestLineBytes,
            int bodyBytes,
            Duration headTimeout,
            Duration bodyTimeout,
            int bodyBytesPerSecond,
            Duration idleTimeout,
            int connections,
            int connectionsPerAddress,
            int requestsPerConnection,
            int resetsPerWindow,
            int controlFramesPerWindow,
            int handshakesPerAddress,
            Duration handshakeTimeout) {

        /** Refuses what could never work. */
        public Limits {
            positive(headBytes, "HttpSettings.Limits.headBytes");
            positive(headFields, "HttpSettings.Limits.headFields");
            positive(requestLineBytes, "HttpSettings.Limits.requestLineBytes");
            positive(bodyBytes, "HttpSettings.Limits.bodyBytes");
            positive(headTimeout, "HttpSettings.Limits.headTimeout");
            positive(bodyTimeout, "HttpSettings.Limits.bodyTimeout");
            positive(bodyBytesPerSecond, "HttpSettings.Limits.bodyBytesPerSecond");
            positive(idleTimeout, "HttpSettings.Limits.idleTimeout");
            positive(connections, "HttpSettings.Limits.connections");
            positive(connectionsPerAddress, "HttpSettings.Limits.connectionsPerAddress");
            positive(requestsPerConnection, "HttpSettings.Limits.requestsPerConnection");
            positive(resetsPerWindow, "HttpSettings.Limits.resetsPerWindow");
            positive(controlFramesPerWindow, "HttpSettings.Limits.controlFramesPerWindow");
            positive(handshakesPerAddress, "HttpSettings.Limits.handshakesPerAddress");
            positive(handshakeTimeout, "HttpSettings.Limits.handshakeTimeout");
        }

        /** Returns the defaults, which suit well-behaved clients; the number of connections depends on the heap. */
        public static Limits defaults() {
            return new Limits(
                    32 * 1024,
                    100,
                    4 * 1024,
                    1024 * 1024,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    4 * 1024,
                    Duration.ofSeconds(60),
                    connectionsFor(Runtime.getRuntime().maxMemory()),
                    half(connectionsFor(Runtime.getRuntime().maxMemory())),
                    100,
                    200,
                    1_000,
                    64,
                    Duration.ofSeconds(10));
        }

        /**
         * Returns one connection for each 24 KiB of heap, the size of an idle one with its stream, from 256 to 20,000.
         */
        static int connectionsFor(long heap) {
            return Math.clamp(heap / (24 * 1024), 256, 20_000);
        }

        /** Returns the share of the connections that one address may have, and that may be streams. */
        public static int half(int connections) {
            return Math.max(1, connections / 2);
        }

        /** Returns these limits with another size of bodies. */
        public Limits withBodyBytes(int bodyBytes) {
            return new Limits(
                    headBytes,
                    headFields,
                    requestLineBytes,
                    bodyBytes,
                    headTimeout,
                    bodyTimeout,
                    bodyBytesPerSecond,
                    idleTimeout,
                    connections,
                    connectionsPerAddress,
                    requestsPerConnection,
                    resetsPerWindow,
                    controlFramesPerWindow,
                    handshakesPerAddress,
                    handshakeTimeout);
        }

        /** Returns these limits with other times. */
        public Limits withTimes(Duration headTimeout, Duration bodyTimeout, Duration idleTimeout) {
            return new Limits(
                    headBytes,
                    headFields,
                    requestLineBytes,
                    bodyBytes,
                    headTimeout,
                    bodyTimeout,
                    bodyBytesPerSecond,
                    idleTimeout,
                    connections,
                    connectionsPerAddress,
                    requestsPerConnection,
                    resetsPerWindow,
                    controlFramesPerWindow,
                    handshakesPerAddress,
                    handshakeTimeout);
        }

        /** Returns these limits with other limits for TLS handshakes. */
        public Limits withHandshakes(int handshakesPerAddress, Duration handshakeTimeout) {
            return new Limits(
                    headBytes,
                    headFields,
                    requestLineBytes,
                    bodyBytes,
                    headTimeout,
                    bodyTimeout,
                    bodyBytesPerSecond,
                    idleTimeout,
                    connections,
                    connectionsPerAddress,
                    requestsPerConnection,
                    resetsPerWindow,
                    controlFramesPerWindow,
                    handshakesPerAddress,
                    handshakeTimeout);
        }

        /** Returns these limits with other numbers of connections. */
        public Limits withConnections(int connections, int connectionsPerAddress) {
            return new Limits(
                    headBytes,
                    headFields,
                    requestLineBytes,
                    bodyBytes,
                    headTimeout,
                    bodyTimeout,
                    bodyBytesPerSecond,
                    idleTimeout,
                    connections,
                    connectionsPerAddress,
                    requestsPerConnection,
                    resetsPerWindow,
                    controlFramesPerWindow,
                    handshakesPerAddress,
                    handshakeTimeout);
        }
    }

    /**
     * The limits for event streams (SSE).
     *
     * @param open the maximum number of open streams
     * @param queueBytes the maximum number of bytes that one stream may queue for a slow client
     * @param queueEvents the maximum number of messages that one stream may queue
     * @param keepAlive the idle time after which a comment is sent, so that a disconnected client is detected
     * @param writeTimeout the time without progress after which a client is disconnected; it also applies to plain
     *     answers. A client that vanished is detected after at most {@code keepAlive} plus this time
     */
    public record Streams(int open, int queueBytes, int queueEvents, Duration keepAlive, Duration writeTimeout) {

        /** Refuses what could never work. */
        public Streams {
            positive(open, "HttpSettings.Streams.open");
            positive(queueBytes, "HttpSettings.Streams.queueBytes");
            positive(queueEvents, "HttpSettings.Streams.queueEvents");
            positive(keepAlive, "HttpSettings.Streams.keepAlive");
            positive(writeTimeout, "HttpSettings.Streams.writeTimeout");
        }

        /**
         * Returns the defaults: 10,000 streams, or fewer on a heap below 512 MiB, each with at most 256 KiB or 1,024
         * queued messages.
         */
        public static Streams defaults() {
            return new Streams(
                    Limits.half(Limits.connectionsFor(Runtime.getRuntime().maxMemory())),
                    256 * 1024,
                    1_024,
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(15));
        }
    }

    /**
     * The certificate of the server. Both files are PEM, and are read again when they change.
     *
     * @param certificate the chain, the server's own certificate first
     * @param key its private key (PKCS#8, PKCS#1 or SEC 1), not encrypted
     * @param checkInterval the interval between checks for a change
     * @param hsts the time for which browsers use only HTTPS with this host (HSTS), or null for none
     */
    public record Tls(
            Path certificate,
            Path key,
            Duration checkInterval,
            @Nullable Duration hsts) {

        /** Refuses what could never work. */
        public Tls {
            notNull(certificate, "HttpSettings.Tls.certificate");
            notNull(key, "HttpSettings.Tls.key");
            positive(checkInterval, "HttpSettings.Tls.checkInterval");
            check(hsts == null || hsts.toSeconds() > 0, "hsts must be at least one second");
        }

        /** Returns a certificate that is checked for changes every ten seconds. */
        public static Tls of(Path certificate, Path key) {
            return new Tls(certificate, key, Duration.ofSeconds(10), null);
        }
    }
}
