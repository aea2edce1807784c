package io.breakwater.adapter.http.outbound;

import io.breakwater.adapter.http.network.Network;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an address is for, after the special-purpose registries of IANA. The first kind that contains an address counts.
 * IPv6 addresses outside {@code 2000::/3} are special, except those of a NAT64 gateway ({@code 64:ff9b::/96}), which
 * count as the IPv4 address in them. Addresses of 6to4 and Teredo, which embed an IPv4 address too, are special.
 */
enum AddressKind {
    /** Services that give credentials to the programs on a cloud machine, at addresses that are not link-local. */
    METADATA(
            "an address of a cloud metadata service",
            "100.100.100.200",
            "168.63.129.16",
            "192.0.0.192",
            "fd00:ec2::254",
            "fd20:ce::254"),
    LINK_LOCAL("a link-local address, which is also where cloud metadata services are", "169.254.0.0/16", "fe80::/10"),
    LOOPBACK("a loopback address", "127.0.0.0/8", "::1"),
    PRIVATE("a private address", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10"),
    SHARED("an address for carrier-grade NAT", "100.64.0.0/10"),
    MULTICAST("a multicast address", "224.0.0.0/4", "ff00::/8"),
    UNSPECIFIED("an unspecified address", "0.0.0.0/8", "::"),
    DOCUMENTATION(
            "an address for documentation",
            "192.0.2.0/24",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "2001:db8::/32",
            "3fff::/20"),
    TRANSITION("an address of 6to4 or Teredo", "192.88.99.0/24", "2001::/32", "2002::/16"),
    RESERVED("a reserved address", "192.0.0.0/24", "198.18.0.0/15", "240.0.0.0/4", "2001::/23"),
    PUBLIC("a public address");

    private static final List<AddressKind> KINDS = List.of(values());
    private static final Network GLOBAL_V6 = Network.of("2000::/3");
    private static final Network NAT64 = Network.of("64:ff9b::/96");
    private static final int EMBEDDED = 12; // where an IPv4 address begins at the end of an IPv6 address

    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // an immutable list
    private final List<Network> networks;

    AddressKind(String description, String... networks) {
        this.description = description;
        this.networks = Stream.of(networks).map(Network::of).toList();
    }

    static AddressKind of(InetAddress address) {
        return of(address.getAddress());
    }

    private static AddressKind of(byte[] address) {
        if (NAT64.contains(address)) {
            return of(Arrays.copyOfRange(address, EMBEDDED, address.length));
        }
        for (var kind : KINDS) {
            if (kind.contains(address)) {
                return kind;
            }
        }
        boolean unknown = address.length > EMBEDDED && !GLOBAL_V6.contains(address);
        return unknown ? RESERVED : PUBLIC;
    }

    /** Each request needs this, so it has no stream. */
    private boolean contains(byte[] address) {
        for (var network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** True for addresses at which a service of the operator can be. */
    boolean isInternal() {
        return this == LOOPBACK || this == PRIVATE || this == SHARED;
    }

    /** Returns the kind with its article, for messages. */
    String description() {
        return description;
    }
}
