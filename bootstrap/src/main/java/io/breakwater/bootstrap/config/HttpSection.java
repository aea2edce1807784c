package io.breakwater.bootstrap.config;

import io.breakwater.adapter.http.HttpSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@link HttpSettings} from a configuration. */
final class HttpSection {
    private static final HttpSettings STANDARD = HttpSettings.defaults();

    private static final Setting<String> HOST = Setting.text(
                    "host", "[A-Za-z0-9.:_%\\[\\]-]{1,253}", "a host name or an IP address")
            .byDefault(STANDARD.host())
            .description("The address to listen on. An address that other machines can reach also needs"
                    + " authentication or `http.anonymous`.");

    private static final Setting<Integer> PORT = Setting.whole("port", 0, 65_535)
            .byDefault(STANDARD.port())
            .description("The port to listen on; 0 selects a free one.");

    private static final Setting<String> PATH = Setting.text("path", "/[A-Za-z0-9._~/-]{1,200}", "a path such as /mcp")
            .byDefault(STANDARD.path())
            .description("The path of the MCP endpoint.");

    private static final Setting<Boolean> ANONYMOUS = Setting.flag("anonymous")
            .byDefault(STANDARD.anonymous())
            .description("Whether callers without a credential may use a server that listens on an address that other"
                    + " machines can reach.");

    private static final Setting<List<String>> ALLOWED_HOSTS = Setting.texts(
                    "allowed-hosts",
                    "([A-Za-z0-9_.-]{0,252}[A-Za-z0-9_-]|\\[[0-9A-Fa-f:.]{2,45}\\])(:\\d{1,5})?",
                    STANDARD::withAllowedHosts,
                    "a host name such as mcp.example.com, with a port to allow only that port")
            .byDefault(STANDARD.allowedHosts())
            .description("Host names that clients may use for the server, in addition to the loopback names,"
                    + " `http.host` and the host of `http.public-url`.");

    private static final Setting<List<String>> ALLOWED_ORIGINS = Setting.texts(
                    "allowed-origins",
                    "https?://[^\\s/?#@,]{1,253}",
                    STANDARD::withAllowedOrigins,
                    "an origin such as https://app.example.com")
            .byDefault(STANDARD.allowedOrigins())
            .description("Origins of web pages whose scripts may call the server. Pages of this machine are always"
                    + " allowed while the server listens on loopback only.");

    private static final Setting<Integer> EVENT_LOOPS = Setting.whole("event-loops", 1, 256)
            .description("The number of threads that read requests and write answers; by default half of the"
                    + " processors, at least one.");

    static final Setting<String> PUBLIC_URL = Setting.publicUrl("public-url")
            .description("The URL of the MCP endpoint as clients use it, for example behind a proxy. Tokens are issued"
                    + " for exactly this URL. By default it consists of `http.host`, `http.port` and `http.path`.");

    private HttpSection() {}

    /** Returns the URL of the MCP endpoint as clients use it. */
    static String publicUrl(SectionReader http, HttpSettings settings) {
        var configured = http.find(PUBLIC_URL);
        return configured == null ? ownUrl(settings) : configured;
    }

    /** Returns the URL that consists of the address on which the server listens. */
    static String ownUrl(HttpSettings settings) {
        var scheme = settings.tls() == null ? "http" : "https";
        boolean bare = settings.host().contains(":") && !settings.host().startsWith("[");
        var host = bare ? "[" + settings.host() + "]" : settings.host();
        return scheme + "://" + host + ":" + settings.port() + settings.path();
    }

    /** Allows the host of the public URL, which a proxy may pass on, on every port. */
    static HttpSettings withPublicHost(HttpSettings settings, String publicUrl) {
        var host = PublicUrlType.host(publicUrl);
        if (publicUrl.equals(ownUrl(settings)) || ALLOWED_HOSTS.kind().parse(host) == null) {
            return settings;
        }
        var hosts = Stream.concat(settings.allowedHosts().stream(), Stream.of(host));
        return settings.withAllowedHosts(hosts.distinct().toArray(String[]::new));
    }

    static HttpSettings read(SectionReader http) {
        var host = http.get(HOST);
        var port = http.get(PORT);
        var path = http.get(PATH);
        var anonymous = http.get(ANONYMOUS);
        var hosts = http.get(ALLOWED_HOSTS);
        var origins = http.get(ALLOWED_ORIGINS);
        var limits = Limits.read(http.section("limits", "The limits for clients."));
        var streams =
                Streams.read(http.section("streams", "The limits for event streams (SSE)."), limits.connections());
        var tls = Tls.read(http.section("tls", "The certificate for HTTPS; set both files or none."));
        var loops = http.find(EVENT_LOOPS);
        var eventLoops = loops == null ? STANDARD.eventLoops() : loops;
        var proxies = Proxies.read(
                http.section("proxies", "The reverse proxies in front of the server that name their callers."));
        var protocol = ProxyProtocol.read(
                http.section("proxy-protocol", "The further listener for proxies that speak the PROXY protocol."),
                host);
        var accepted = ProxyProtocol.withProxies(http, protocol, proxies);
        return http.create(
                () -> new HttpSettings(
                        host,
                        port,
                        path,
                        anonymous,
                        hosts,
                        origins,
                        limits,
                        streams,
                        eventLoops,
                        tls,
                        proxies,
                        accepted),
                STANDARD);
    }

    private static Setting<Long> bytes(String name, int standard) {
        return Setting.size(name, 1_024, 1 << 30).byDefault((long) standard);
    }

    private static Setting<Duration> time(String name, Duration standard) {
        return Setting.duration(name, Duration.ofMillis(1), Duration.ofDays(1)).byDefault(standard);
    }

    private static Setting<Integer> number(String name, int standard) {
        return Setting.atLeast(name, 1).byDefault(standard);
    }

    /** {@code http.limits}. */
    private static final class Limits {
        private static final HttpSettings.Limits STANDARD = HttpSettings.Limits.defaults();

        private static final Setting<Long> HEAD_BYTES = bytes("head-bytes", STANDARD.headBytes())
                .description("The maximum size of all header fields of a request together.");
        private static final Setting<Integer> HEAD_FIELDS = number("head-fields", STANDARD.headFields())
                .description("The maximum number of header fields of a request.");
        private static final Setting<Long> REQUEST_LINE_BYTES = bytes("request-line-bytes", STANDARD.requestLineBytes())
                .description("The maximum length of the first line of a request.");
        private static final Setting<Long> BODY_BYTES = bytes("body-bytes", STANDARD.bodyBytes())
                .alsoFrom(BreakwaterSettings.MAX_REQUEST_SIZE)
                .description("The maximum size of the body of a request.");
        private static final Setting<Duration> HEAD_TIME = time("head-timeout", STANDARD.headTimeout())
                .description("The maximum time from the first byte of a request until its header fields are complete.");
        private static final Setting<Duration> BODY_TIME = time("body-timeout", STANDARD.bodyTimeout())
                .description("The maximum time for the body of a request; one second more for each"
                        + " `http.limits.body-bytes-per-second` that arrived.");
        private static final Setting<Integer> BODY_BYTES_PER_SECOND = number(
                        "body-bytes-per-second", STANDARD.bodyBytesPerSecond())
                .description("The minimum speed of a body.");
        private static final Setting<Duration> IDLE_TIME = time("idle-timeout", STANDARD.idleTimeout())
                .description("The time after which a connection without requests is closed.");
        private static final Setting<Integer> CONNECTIONS = number("connections", STANDARD.connections())
                .description("The maximum number of connections; by default one for each 24KiB of heap, 256 to 20000.");
        private static final Setting<Integer> CONNECTIONS_PER_ADDRESS = number(
                        "connections-per-address", STANDARD.connectionsPerAddress())
                .description("The maximum number of connections from one network address; by default half of"
                        + " `http.limits.connections`.");
        private static final Setting<Integer> REQUESTS_PER_CONNECTION = number(
                        "requests-per-connection", STANDARD.requestsPerConnection())
                .description("The maximum number of concurrent requests on one HTTP/2 connection.");
        private static final Setting<Integer> RESETS_PER_WINDOW = number(
                        "resets-per-window", STANDARD.resetsPerWindow())
                .description("The maximum number of requests that one HTTP/2 connection may cancel within 30 seconds.");

        private static final Setting<Integer> CONTROL_FRAMES_PER_WINDOW = number(
                        "control-frames-per-window", STANDARD.controlFramesPerWindow())
                .description("The maximum number of frames of the types SETTINGS, PING, PRIORITY and of unknown types"
                        + " that one HTTP/2 connection may send within 30 seconds.");
        private static final Setting<Integer> HANDSHAKES_PER_ADDRESS = number(
                        "handshakes-per-address", STANDARD.handshakesPerAddress())
                .description("The maximum number of concurrent TLS handshakes with one network address.");
        private static final Setting<Duration> HANDSHAKE_TIMEOUT = time(
                        "handshake-timeout", STANDARD.handshakeTimeout())
                .description("The maximum time for a TLS handshake.");

        static HttpSettings.Limits read(SectionReader limits) {
            int headBytes = Math.toIntExact(limits.get(HEAD_BYTES));
            int headFields = limits.get(HEAD_FIELDS);
            int requestLineBytes = Math.toIntExact(limits.get(REQUEST_LINE_BYTES));
            int bodyBytes = Math.toIntExact(limits.get(BODY_BYTES));
            var headTimeout = limits.get(HEAD_TIME);
            var bodyTimeout = limits.get(BODY_TIME);
            int bodyBytesPerSecond = limits.get(BODY_BYTES_PER_SECOND);
            var idleTimeout = limits.get(IDLE_TIME);
            int connections = limits.get(CONNECTIONS);
            return new HttpSettings.Limits(
                    headBytes,
                    headFields,
                    requestLineBytes,
                    bodyBytes,
                    headTimeout,
                    bodyTimeout,
                    bodyBytesPerSecond,
                    idleTimeout,
                    connections,
                    limits.get(CONNECTIONS_PER_ADDRESS.byDefault(HttpSettings.Limits.half(connections))),
                    limits.get(REQUESTS_PER_CONNECTION),
                    limits.get(RESETS_PER_WINDOW),
                    limits.get(CONTROL_FRAMES_PER_WINDOW),
                    limits.get(HANDSHAKES_PER_ADDRESS),
                    limits.get(HANDSHAKE_TIMEOUT));
        }
    }

    /** {@code http.streams}. */
    private static final class Streams {
        private static final HttpSettings.Streams STANDARD = HttpSettings.Streams.defaults();

        private static final Setting<Integer> OPEN = number("open", STANDARD.open())
                .description("The maximum number of open streams; by default half of `http.limits.connections`.");
        private static final Setting<Long> QUEUE_BYTES = bytes("queue-bytes", STANDARD.queueBytes())
                .description("The maximum size of the messages that one stream queues for a slow client.");
        private static final Setting<Integer> QUEUE_EVENTS = number("queue-events", STANDARD.queueEvents())
                .description("The maximum number of messages that one stream queues for a slow client.");
        private static final Setting<Duration> KEEP_ALIVE = time("keep-alive", STANDARD.keepAlive())
                .description("The idle time after which a comment is sent, so that a disconnected client is detected.");
        private static final Setting<Duration> WRITE_TIME = time("write-timeout", STANDARD.writeTimeout())
                .description("The time without progress after which a client is disconnected; it also applies to"
                        + " plain answers. A client that"
                        + " vanished is detected after at most `http.streams.keep-alive` plus this time.");

        static HttpSettings.Streams read(SectionReader streams, int connections) {
            return new HttpSettings.Streams(
                    streams.get(OPEN.byDefault(HttpSettings.Limits.half(connections))),
                    Math.toIntExact(streams.get(QUEUE_BYTES)),
                    streams.get(QUEUE_EVENTS),
                    streams.get(KEEP_ALIVE),
                    streams.get(WRITE_TIME));
        }
    }

    /** {@code http.proxies}. */
    private static final class Proxies {
        private static final HttpSettings.Proxies STANDARD = HttpSettings.Proxies.none();

        private static final Setting<List<String>> TRUSTED = Setting.texts(
                        "trusted",
                        "[0-9A-Fa-f:.]{2,45}(/\\d{1,3})?",
                        network -> HttpSettings.Proxies.trusting(List.of(network)),
                        "an address or a network such as 10.0.0.0/8")
                .byDefault(STANDARD.trusted())
                .description("The addresses and networks of the proxies. A proxy counts only as itself unless it is"
                        + " here.");
        private static final Setting<HttpSettings.ForwardingHeader> HEADER = Setting.choice(
                        "header", HttpSettings.ForwardingHeader.class)
                .byDefault(STANDARD.header())
                .description("The header field in which the proxies name the caller. The server ignores the other"
                        + " one, which proxies pass on as the client sent it.");

        static HttpSettings.Proxies read(SectionReader proxies) {
            var trusted = proxies.get(TRUSTED);
            var header = proxies.get(HEADER);
            return proxies.create(() -> new HttpSettings.Proxies(trusted, header), STANDARD);
        }
    }

    /** {@code http.proxy-protocol}. */
    private static final class ProxyProtocol {
        private static final Setting<Integer> PORT = Setting.whole("port", 0, 65_535)
                .description("The port on which each connection begins with a header of the PROXY protocol, version 1"
                        + " or 2, and comes from an address in `http.proxies.trusted`; 0 selects a free one. Unless"
                        + " set, there is no such listener.");
        private static final Setting<String> HOST = Setting.text(
                        "host", "[A-Za-z0-9.:_%\\[\\]-]{1,253}", "a host name or an IP address")
                .description("The address of this listener; `http.host` unless set.");

        /** Refuses the listener if no proxy may connect to it. */
        static HttpSettings.@Nullable ProxyProtocol withProxies(
                SectionReader http, HttpSettings.@Nullable ProxyProtocol protocol, HttpSettings.Proxies proxies) {
            if (protocol == null || !proxies.trusted().isEmpty()) {
                return protocol;
            }
            http.refuse(
                    "http.proxy-protocol accepts connections of trusted proxies only, but http.proxies.trusted is"
                            + " empty",
                    "set http.proxies.trusted");
            return null;
        }

        static HttpSettings.@Nullable ProxyProtocol read(SectionReader section, String httpHost) {
            var port = section.find(PORT);
            var host = section.find(HOST);
            return port == null ? null : new HttpSettings.ProxyProtocol(host == null ? httpHost : host, port);
        }
    }

    /** {@code http.tls}. */
    private static final class Tls {
        private static final Setting<Path> CERTIFICATE = Setting.path("certificate")
                .description("A PEM file with the chain, the server's own certificate first.");
        private static final Setting<Path> KEY =
                Setting.path("key").description("A PEM file with the private key of the certificate, not encrypted.");
        private static final Setting<Duration> CHECK_EVERY = time("check-interval", Duration.ofSeconds(10))
                .description("How often the server checks whether the files have changed.");

        private static final Setting<Duration> HSTS = Setting.duration(
                        "hsts", Duration.ofSeconds(1), Duration.ofDays(3_650))
                .description("The time for which browsers use only HTTPS with this host"
                        + " (`Strict-Transport-Security`). Unless set, the field is not sent.");

        static HttpSettings.@Nullable Tls read(SectionReader tls) {
            var certificate = tls.find(CERTIFICATE);
            var key = tls.find(KEY);
            var checkInterval = tls.get(CHECK_EVERY);
            var hsts = tls.find(HSTS);
            if (certificate != null && key != null) {
                return new HttpSettings.Tls(certificate, key, checkInterval, hsts);
            }
            if (certificate != null) {
                tls.refuse(CERTIFICATE, "its private key is missing", "set http.tls.key too");
            } else if (key != null) {
                tls.refuse(KEY, "its certificate is missing", "set http.tls.certificate too");
            }
            return null;
        }
    }
}
