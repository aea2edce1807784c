package io.breakwater.bootstrap.config;

import io.breakwater.adapter.http.outbound.OutboundSettings;
import io.breakwater.adapter.http.outbound.dns.DnsSettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/** Reads {@link OutboundSettings} from a configuration. */
final class OutboundSection {
    private static final OutboundSettings STANDARD = OutboundSettings.defaults();

    private static final Setting<List<String>> ALLOWED = Setting.texts(
                    "allowed",
                    "[A-Za-z0-9.:/_-]{1,253}",
                    entry -> STANDARD.withAllowed(List.of(entry)),
                    "a network such as 10.1.0.0/16 (the bits after the prefix are 0), an address or a host name")
            .byDefault(STANDARD.allowed())
            .description("Networks, addresses and host names that the server may connect to although their addresses"
                    + " are not public, for example an identity provider in a private network.");

    private static final Setting<Path> TRUST_STORE = Setting.path("trust-store")
            .description("A PEM file with the certificates of the authorities to trust, in place of those of the JDK;"
                    + " also for the commands that connect to a server.");

    private static final Setting<List<String>> NAME_SERVERS = Setting.texts(
                    "name-servers",
                    "\\S{1,60}",
                    OutboundSection::nameServer,
                    "an address such as 10.0.0.2, or an address and a port such as 127.0.0.1:8600 or [::1]:8600")
            .byDefault(List.of())
            .description("The name servers for the names of services, in the order in which the server asks them, in"
                    + " place of those in `/etc/resolv.conf` with its search list. Names in `/etc/hosts` keep their"
                    + " addresses.");

    private OutboundSection() {}

    private static InetSocketAddress nameServer(String text) {
        return DnsSettings.parseServer(text).orElseThrow(IllegalArgumentException::new);
    }

    /** Reads how names are resolved, which is in the same section. */
    static DnsSettings readNames(SectionReader outbound) {
        return DnsSettings.defaults()
                .withServers(outbound.get(NAME_SERVERS).stream()
                        .map(OutboundSection::nameServer)
                        .toList());
    }

    static OutboundSettings read(SectionReader outbound) {
        var allowed = outbound.get(ALLOWED);
        var trustStore = outbound.find(TRUST_STORE);
        return outbound.create(() -> STANDARD.withAllowed(allowed).withTrustStore(trustStore), STANDARD);
    }
}
