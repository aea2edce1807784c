package io.breakwater.adapter.http.outbound;

import io.breakwater.adapter.http.network.IpLiteral;
import io.breakwater.adapter.http.network.Network;
import io.breakwater.port.PortException;
import io.breakwater.port.SettingNames;
import io.breakwater.port.support.SettingChecks;
import java.net.ConnectException;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Decides to which addresses the client may connect: public ones, and those that the settings allow. */
final class AddressPolicy {
    static final String ALLOWED = "OutboundSettings.allowed";

    private static final String LOCALHOST = "localhost";
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?");

    private final List<Network> networks;
    private final Set<InetAddress> addresses;
    private final Set<String> hosts;
    private final String setting;

    private AddressPolicy(List<Network> networks, Set<InetAddress> addresses, Set<String> hosts, String setting) {
        this.networks = networks;
        this.addresses = addresses;
        this.hosts = hosts;
        this.setting = setting;
    }

    /**
     * Creates a policy.
     *
     * @param allowed networks, addresses and host names
     * @throws IllegalArgumentException when one of them is none of these
     */
    static AddressPolicy allowing(List<String> allowed, SettingNames names) {
        var setting = names.nameOf(ALLOWED);
        allowed.forEach(entry -> SettingChecks.check(
                isEntry(entry),
                setting + " must contain networks such as 10.0.0.0/8 (the bits after the prefix are 0), addresses and"
                        + " host names, but contains " + entry + "."));
        var networks = allowed.stream()
                .filter(entry -> entry.indexOf('/') >= 0)
                .map(Network::parse)
                .flatMap(Optional::stream)
                .toList();
        var addresses = allowed.stream()
                .map(IpLiteral::parse)
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
        var hosts = allowed.stream()
                .filter(AddressPolicy::isHost)
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        return new AddressPolicy(networks, addresses, hosts, setting);
    }

    /** Returns whether the text is a network, an address or a host name. */
    static boolean isEntry(String text) {
        return Network.parse(text).isPresent() || isHost(text);
    }

    private static boolean isHost(String entry) {
        return HOST.matcher(entry).matches() && !IpLiteral.endsInNumber(entry);
    }

    /**
     * Checks all addresses of a host. One that is not allowed is enough to refuse, because the name could be an
     * attacker's.
     *
     * @throws PortException.RefusedException when the client may not connect to one of them
     */
    void check(String host, List<InetAddress> addresses) {
        for (var address : addresses) {
            var kind = AddressKind.of(address);
            if (!isAllowed(host, address, kind)) {
                throw refused(host, address, kind);
            }
        }
    }

    /**
     * The same for a host that the operator wrote in a setting. No name server decides where an address leads, or {@code
     * localhost}, so to be written is a permission for them, except for link-local addresses and those of cloud metadata
     * services. It is none for a name.
     */
    void checkWritten(String host, List<InetAddress> addresses) {
        if (!addresses.stream().allMatch(address -> isAllowedByItself(host, AddressKind.of(address)))) {
            check(host, addresses);
        }
    }

    private static boolean isAllowedByItself(String host, AddressKind kind) {
        return host.equals(LOCALHOST)
                ? kind == AddressKind.LOOPBACK
                : kind.isInternal() && IpLiteral.parse(host).isPresent();
    }

    /**
     * Returns why the client may not connect to a host that is an address or {@code localhost}; empty if it may, and for
     * any other host, whose addresses only a resolver knows.
     */
    Optional<String> refusal(String host) {
        return IpLiteral.parse(host.equals(LOCALHOST) ? "127.0.0.1" : host)
                .filter(address -> !isAllowed(host, address, AddressKind.of(address)))
                .map(address -> host + " is " + AddressKind.of(address).description());
    }

    private boolean isAllowed(String host, InetAddress address, AddressKind kind) {
        return kind == AddressKind.PUBLIC
                || (kind.isInternal() && hosts.contains(host))
                || addresses.contains(address)
                || networks.stream().anyMatch(network -> network.contains(address));
    }

    /** The caller does not see the address, because it would reveal the internal network; the log has it. */
    private PortException.RefusedException refused(String host, InetAddress address, AddressKind kind) {
        var remedy = kind.isInternal() ? host + " or its network" : "its network";
        return new PortException.RefusedException(
                PortException.RefusedException.Reason.FORBIDDEN,
                "Refusing to connect to " + host + ": it is " + kind.description() + ". Add " + remedy + " to "
                        + setting + " if this service is intended.",
                new ConnectException(host + " has the address " + address.getHostAddress()));
    }
}
