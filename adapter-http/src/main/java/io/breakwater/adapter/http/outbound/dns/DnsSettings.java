package io.breakwater.adapter.http.outbound.dns;

import io.breakwater.adapter.http.network.IpLiteral;
import io.breakwater.port.support.SettingChecks;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Settings of {@link DnsNameService}.
 *
 * @param servers the name servers in the order in which to ask them; empty for those in {@code /etc/resolv.conf}, with
 *     its search list
 * @param timeout the time in which a name server must answer. Each server is asked twice
 */
public record DnsSettings(List<InetSocketAddress> servers, Duration timeout) {
    private static final Pattern SERVER = Pattern.compile("(?:\\[([^\\]]*)\\]|([^:]*))(?::(\\d{1,5}))?");
    private static final int PORT = 53;
    private static final int MAX_PORT = 65_535;
    private static final long MAX_DAYS = 1;

    /** Refuses a time that is not above zero. */
    public DnsSettings {
        servers = SettingChecks.nonNullCopy(servers, "DnsSettings.servers");
        SettingChecks.positive(timeout, MAX_DAYS, "DnsSettings.timeout");
    }

    /** Returns settings for the name servers of the system, with 2 seconds for an answer. */
    public static DnsSettings defaults() {
        return new DnsSettings(List.of(), Duration.ofSeconds(2));
    }

    /** Returns these settings with other name servers. */
    public DnsSettings withServers(List<InetSocketAddress> others) {
        return new DnsSettings(others, timeout);
    }

    /** Returns these settings with another time for an answer. */
    public DnsSettings withTimeout(Duration other) {
        return new DnsSettings(servers, other);
    }

    /**
     * Parses a name server: an address, such as {@code 10.0.0.2} or {@code 2001:db8::2}, or an address and a port, such as
     * {@code 10.0.0.2:5353} or {@code [2001:db8::2]:5353}.
     */
    public static Optional<InetSocketAddress> parseServer(String text) {
        return IpLiteral.parse(text)
                .map(address -> new InetSocketAddress(address, PORT))
                .or(() -> withPort(text));
    }

    private static Optional<InetSocketAddress> withPort(String text) {
        return Optional.of(SERVER.matcher(text)).filter(Matcher::matches).flatMap(parts -> {
            var address = parts.group(1) == null ? parts.group(2) : parts.group(1);
            int port = parts.group(3) == null ? PORT : Integer.parseInt(parts.group(3));
            return port < 1 || port > MAX_PORT
                    ? Optional.empty()
                    : IpLiteral.parse(address).map(found -> new InetSocketAddress(found, port));
        });
    }
}
