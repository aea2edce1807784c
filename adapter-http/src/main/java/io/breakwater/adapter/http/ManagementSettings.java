package io.breakwater.adapter.http;

import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.nonNullCopy;
import static io.breakwater.port.support.SettingChecks.notNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a {@link ManagementListener}.
 *
 * @param host the address to listen on, as a name or a literal
 * @param port the port to listen on; 0 selects a free one
 * @param key the management key, or null for a random one, which suffices on loopback only
 * @param allowedHosts the host names that clients may use, in addition to the loopback names and {@code host} itself
 * @param tls the certificate to serve with, or null for plain HTTP
 */
public record ManagementSettings(
        String host, int port, @Nullable ManagementKey key, List<String> allowedHosts, HttpSettings.@Nullable Tls tls) {

    /** The number of connections; operators and scrapers need few. */
    private static final int CONNECTIONS = 128;

    private static final int STREAMS = 32;

    /** Refuses what could never work. */
    public ManagementSettings {
        check(!notNull(host, "ManagementSettings.host").isBlank(), "host must be an address, for instance 127.0.0.1");
        check(port >= 0 && port <= 65_535, "port must be between 0 and 65535, but is " + port + ".");
        allowedHosts = nonNullCopy(allowedHosts, "ManagementSettings.allowedHosts");
    }

    /** Loopback only, port 9090, with a random key, plain HTTP. */
    public static ManagementSettings defaults() {
        return new ManagementSettings("127.0.0.1", 9090, null, List.of(), null);
    }

    /** Returns these settings with another address. */
    public ManagementSettings withHost(String host) {
        return new ManagementSettings(host, port, key, allowedHosts, tls);
    }

    /** Returns these settings with another port. */
    public ManagementSettings withPort(int port) {
        return new ManagementSettings(host, port, key, allowedHosts, tls);
    }

    /** Returns these settings with a lasting key. */
    public ManagementSettings withKey(ManagementKey key) {
        return new ManagementSettings(host, port, key, allowedHosts, tls);
    }

    /** Returns these settings with these host names in addition to the loopback names and the host itself. */
    public ManagementSettings withAllowedHosts(List<String> names) {
        return new ManagementSettings(host, port, key, names, tls);
    }

    /** Returns these settings with a certificate. */
    public ManagementSettings withTls(HttpSettings.Tls tls) {
        return new ManagementSettings(host, port, key, allowedHosts, tls);
    }

    /** Returns the settings of the listening socket and its limits. */
    HttpSettings http() {
        var plain = HttpSettings.defaults()
                .withHost(host)
                .withPort(port)
                .withEventLoops(1)
                .withAllowedHosts(allowedHosts.toArray(String[]::new))
                .withLimits(HttpSettings.Limits.defaults().withConnections(CONNECTIONS, CONNECTIONS / 2))
                .withStreams(streams(HttpSettings.Streams.defaults()));
        return tls == null ? plain : plain.withTls(tls);
    }

    private static HttpSettings.Streams streams(HttpSettings.Streams standard) {
        return new HttpSettings.Streams(
                STREAMS, standard.queueBytes(), standard.queueEvents(), standard.keepAlive(), standard.writeTimeout());
    }
}
