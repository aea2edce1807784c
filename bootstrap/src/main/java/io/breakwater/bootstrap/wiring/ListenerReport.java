package io.breakwater.bootstrap.wiring;

import io.breakwater.bootstrap.config.BreakwaterSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Who reaches the HTTP listener, compared with who is probably meant to. */
final class ListenerReport {
    private static final Set<String> ALL_ADDRESSES = Set.of("0.0.0.0", "::", "[::]");
    private static final Set<String> LOOPBACK = Set.of("localhost", "::1", "[::1]");

    private ListenerReport() {}

    /**
     * Returns the warnings, one sentence or two each.
     *
     * @param open whether callers need no credential
     */
    static List<String> warnings(BreakwaterSettings settings, boolean open) {
        var warnings = new ArrayList<String>();
        var http = settings.http();
        if (open && !http.anonymous() && isBehindProxy(settings)) {
            warnings.add("Every client of the proxy can call every tool without a credential. Configure a credential"
                    + " (docs/security.md), or set http.anonymous to true if this is intended.");
        }
        if (ALL_ADDRESSES.contains(http.host()) && http.allowedHosts().isEmpty()) {
            warnings.add("Clients on other machines get 403, because the server accepts only loopback names as Host."
                    + " Set http.public-url, or http.allowed-hosts to the names that clients use.");
        }
        if (open) {
            warnings.addAll(UnappliedLimits.warnings(settings, isLocal(http.host()) && !isBehindProxy(settings)));
        }
        return warnings;
    }

    /** A proxy carries the requests of other machines to a listener that they cannot reach themselves. */
    private static boolean isBehindProxy(BreakwaterSettings settings) {
        return !settings.http().proxies().trusted().isEmpty()
                || settings.publicUrl().map(ListenerReport::isElsewhere).orElse(false);
    }

    private static boolean isElsewhere(URI url) {
        return !isLocal(String.valueOf(url.getHost()));
    }

    private static boolean isLocal(String host) {
        return LOOPBACK.contains(host) || host.startsWith("127.");
    }
}
