package io.breakwater.bootstrap.config;

import io.breakwater.adapter.http.outbound.OutboundSettings;
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

    private OutboundSection() {}

    static OutboundSettings read(SectionReader outbound) {
        var allowed = outbound.get(ALLOWED);
        var trustStore = outbound.find(TRUST_STORE);
        return outbound.create(() -> STANDARD.withAllowed(allowed).withTrustStore(trustStore), STANDARD);
    }
}
