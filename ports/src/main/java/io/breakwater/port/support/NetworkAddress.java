package io.breakwater.port.support;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Network addresses in text form, as transports report those of their peers. */
public final class NetworkAddress {
    private static final int MAX_LENGTH = 64;
    private static final String MAPPED_IPV4 = "::ffff:";
    private static final Pattern LOOPBACK =
            Pattern.compile("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|::1|0:0:0:0:0:0:0:1", Pattern.CASE_INSENSITIVE);

    private NetworkAddress() {}

    /**
     * Returns the network by which limits tell callers apart: an IPv4 address, the first 64 bits of an IPv6 address,
     * because an IPv6 host can use any address of its network, or at most 64 characters of any other name.
     */
    public static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address.length() <= MAX_LENGTH ? address : address.substring(0, MAX_LENGTH);
        }
        var mapped = mappedIpv4(address);
        return mapped == null ? Ipv6Prefix.of(address) : mapped;
    }

    /** Returns whether it is a loopback address. */
    public static boolean isLoopback(String address) {
        var mapped = mappedIpv4(address);
        return LOOPBACK.matcher(mapped == null ? address : mapped).matches();
    }

    private static @Nullable String mappedIpv4(String address) {
        return address.indexOf('.') > 0 && address.regionMatches(true, 0, MAPPED_IPV4, 0, MAPPED_IPV4.length())
                ? address.substring(MAPPED_IPV4.length())
                : null;
    }
}
