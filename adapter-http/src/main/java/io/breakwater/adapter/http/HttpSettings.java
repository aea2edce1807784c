package io.breakwater.adapter.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be chosen about {@link HttpTransport}. Start from {@link #defaults()} and change what differs:
 *
 * <pre>{@code
 * HttpSettings.defaults().withPort(9000).withAllowedHosts("mcp.example.com")
 * }</pre>
 *
 * <p>In a configuration file each component is found under {@code http} with dashes instead of capitals:
 * {@code http.allowed-hosts}, {@code http.limits.body-bytes}.
 *
 * @param host the address to listen on, as a name or a literal
 * @param port the port to listen on; 0 takes a free one
 * @param path where the MCP endpoint is
 * @param exposed whether to listen on an address that other machines reach
 * @param allowedHosts the names under which clients may reach us ({@code mcp.example.com}, with a port if only that one
 *     is meant), beside the loopback names and {@code host} itself
 * @param allowedOrigins the web pages whose scripts may call us ({@code https://app.example.com}); pages served by this
 *     machine may anyway while we listen on loopback only
 * @param limits what a client may take of us
 * @param streams how long answers (SSE) are served
 * @param eventLoops how many threads read requests and write answers; the handlers of most tools run on others
 * @param tls the certificate to serve with, or null for plain HTTP
 */
public record HttpSettings(
        String host,
        int port,
        String path,
        boolean exposed,
        List<String> allowedHosts,
        List<String> allowedOrigins,
        Limits limits,
        Streams streams,
        int eventLoops,
        @Nullable Tls tls) {

    /** Refuses what could never work. */
    public HttpSettings {
        check(!host.isBlank(), "http.host must be an address, for instance 127.0.0.1");
        check(port >= 0 && port <= 65_535, "http.port must be between 0 and 65535");
        check(path.startsWith("/") && !path.contains("?"), "http.path must begin with a slash, for instance /mcp");
        positive(eventLoops, "http.event-loops");
        allowedHosts = List.copyOf(allowedHosts);
        allowedOrigins = List.copyOf(allowedOrigins);
        allowedHosts.forEach(name -> check(
                Authority.parse(name) != null,
                "http.allowed-hosts holds '" + name + "', which is no host name; write mcp.example.com, or"
                        + " mcp.example.com:8443 for one port only"));
        allowedOrigins.forEach(origin -> check(
                Origin.parse(origin) != null,
                "http.allowed-origins holds '" + origin + "', which is no origin; write https://app.example.com"));
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
                null);
    }

    /** Half of the processors, so that the tools have the others: an event loop without work in its way serves more. */
    static int eventLoopsFor(int processors) {
        return Math.max(1, processors / 2);
    }

    /** These settings, listening on that address. */
    public HttpSettings withHost(String host) {
        return new HttpSettings(
                host, port, path, exposed, allowedHosts, allowedOrigins, limits, streams, eventLoops, tls);
    }

    /** These settings, listening on that port. */
    public HttpSettings withPort(int port) {
        return new HttpSettings(
                host, port, path, exposed, allowedHosts, allowedOrigins, limits, streams, eventLoops, tls);
    }

    /** These settings, with the MCP endpoint at that path. */
    public HttpSettings withPath(String path) {
        return new HttpSettings(
                host, port, path, exposed, allowedHosts, allowedOrigins, limits, streams, eventLoops, tls);
    }

    /** These settings, knowingly listening (or not) where other machines reach us. */
    public HttpSettings withExposed(boolean exposed) {
        return new HttpSettings(
                host, port, path, exposed, allowedHosts, allowedOrigins, limits, streams, eventLoops, tls);
    }

    /** These settings, answering to those names too. */
    public HttpSettings withAllowedHosts(String... names) {
        return new HttpSettings(
                host, port, path, exposed, List.of(names), allowedOrigins, limits, streams, eventLoops, tls);
    }

    /** These settings, answering scripts of those web pages too. */
    public HttpSettings withAllowedOrigins(String... origins) {
        return new HttpSettings(
                host, port, path, exposed, allowedHosts, List.of(origins), limits, streams, eventLoops, tls);
    }

    /** These settings with other limits. */
    public HttpSettings withLimits(Limits limits) {
        return new HttpSettings(
                host, port, path, exposed, allowedHosts, allowedOrigins, limits, streams, eventLoops, tls);
    }

    /** These settings with other rules for streams. */
    public HttpSettings withStreams(Streams streams) {
        return new HttpSettings(
                host, port, path, exposed, allowedHosts, allowedOrigins, limits, streams, eventLoops, tls);
    }

    /** These settings, with that many threads that read requests and write answers. */
    public HttpSettings withEventLoops(int eventLoops) {
        return new HttpSettings(
                host, port, path, exposed, allowedHosts, allowedOrigins, limits, streams, eventLoops, tls);
    }

    /** These settings, served with that certificate. */
    public HttpSettings withTls(Tls tls) {
        return new HttpSettings(
                host, port, path, exposed, allowedHosts, allowedOrigins, limits, streams, eventLoops, tls);
    }

    private static void check(boolean good, String otherwise) {
        if (!good) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static void positive(long value, String name) {
        check(value > 0, name + " must be greater than 0");
    }

    private static void positive(Duration value, String name) {
        check(value.isPositive(), name + " must be longer than 0");
    }

    /**
     * What a client may take of us.
     *
     * @param headBytes all header fields of a request together
     * @param headFields the number of header fields of a request
     * @param requestLineBytes the first line of a request
     * @param bodyBytes the body of a request
     * @param headTime from the first byte of a request until its header fields are complete
     * @param bodyTime for the body of a request; one second more for each {@code bodyBytesPerSecond} that did arrive
     * @param bodyBytesPerSecond how fast a body must arrive at the least
     * @param idleTime how long a connection is kept on which nothing is asked
     * @param connections at the same time
     * @param connectionsPerAddress at the same time from one network address
     * @param requestsPerConnection at the same time on one HTTP/2 connection
     * @param resetsPerWindow requests that one HTTP/2 connection may take back within 30 seconds
     */
    public record Limits(
            int headBytes,
            int headFields,
            int requestLineBytes,
            int bodyBytes,
            Duration headTime,
            Duration bodyTime,
            int bodyBytesPerSecond,
            Duration idleTime,
            int connections,
            int connectionsPerAddress,
            int requestsPerConnection,
            int resetsPerWindow) {

        /** Refuses what could never work. */
        public Limits {
            positive(headBytes, "http.limits.head-bytes");
            positive(headFields, "http.limits.head-fields");
            positive(requestLineBytes, "http.limits.request-line-bytes");
            positive(bodyBytes, "http.limits.body-bytes");
            positive(headTime, "http.limits.head-time");
            positive(bodyTime, "http.limits.body-time");
            positive(bodyBytesPerSecond, "http.limits.body-bytes-per-second");
            positive(idleTime, "http.limits.idle-time");
            positive(connections, "http.limits.connections");
            positive(connectionsPerAddress, "http.limits.connections-per-address");
            positive(requestsPerConnection, "http.limits.requests-per-connection");
            positive(resetsPerWindow, "http.limits.resets-per-window");
        }

        /** Generous for a client that means well; the number of connections follows the heap. */
        public static Limits defaults() {
            return new Limits(
                    16 * 1024,
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
                    200);
        }

        /** One for each 24 KiB of heap, which is what an idle one takes with its stream, and 20,000 at most. */
        static int connectionsFor(long heap) {
            return Math.clamp(heap / (24 * 1024), 256, 20_000);
        }

        /** Of so many connections those that one address may have, and those that may be streams. */
        public static int half(int connections) {
            return Math.max(1, connections / 2);
        }

        /** These limits with another size of bodies. */
        public Limits withBodyBytes(int bodyBytes) {
            return new Limits(
                    headBytes,
                    headFields,
                    requestLineBytes,
                    bodyBytes,
                    headTime,
                    bodyTime,
                    bodyBytesPerSecond,
                    idleTime,
                    connections,
                    connectionsPerAddress,
                    requestsPerConnection,
                    resetsPerWindow);
        }

        /** These limits with other times. */
        public Limits withTimes(Duration headTime, Duration bodyTime, Duration idleTime) {
            return new Limits(
                    headBytes,
                    headFields,
                    requestLineBytes,
                    bodyBytes,
                    headTime,
                    bodyTime,
                    bodyBytesPerSecond,
                    idleTime,
                    connections,
                    connectionsPerAddress,
                    requestsPerConnection,
                    resetsPerWindow);
        }

        /** These limits with other numbers of connections. */
        public Limits withConnections(int connections, int connectionsPerAddress) {
            return new Limits(
                    headBytes,
                    headFields,
                    requestLineBytes,
                    bodyBytes,
                    headTime,
                    bodyTime,
                    bodyBytesPerSecond,
                    idleTime,
                    connections,
                    connectionsPerAddress,
                    requestsPerConnection,
                    resetsPerWindow);
        }
    }

    /**
     * How answers that are streams (SSE) are served.
     *
     * @param open at the same time
     * @param queueBytes how much one stream may hold back for a client that reads slowly
     * @param queueEvents how many messages one stream may hold back
     * @param keepAlive the silence after which a comment is sent, so that a vanished client is noticed
     * @param writeTime how long a client may take nothing before it is cut off; plain answers obey it too. One that
     *     vanished without a word is gone after {@code keepAlive} and this together
     */
    public record Streams(int open, int queueBytes, int queueEvents, Duration keepAlive, Duration writeTime) {

        /** Refuses what could never work. */
        public Streams {
            positive(open, "http.streams.open");
            positive(queueBytes, "http.streams.queue-bytes");
            positive(queueEvents, "http.streams.queue-events");
            positive(keepAlive, "http.streams.keep-alive");
            positive(writeTime, "http.streams.write-time");
        }

        /** 10,000 streams, or fewer on a heap below 512 MiB, each holding back 256 KiB or 1,024 messages at most. */
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
     * The certificate to serve with. Both files are PEM, and are read again when they change.
     *
     * @param certificate the chain, our own certificate first
     * @param key its private key (PKCS#8, PKCS#1 or SEC 1), not encrypted
     * @param checkEvery how often to look for a change
     */
    public record Tls(Path certificate, Path key, Duration checkEvery) {

        /** Refuses what could never work. */
        public Tls {
            positive(checkEvery, "http.tls.check-every");
        }

        /** That certificate, looked after every ten seconds. */
        public static Tls of(Path certificate, Path key) {
            return new Tls(certificate, key, Duration.ofSeconds(10));
        }
    }
}
