package io.breakwater.adapter.http;

import io.breakwater.adapter.http.network.Network;
import java.net.InetAddress;
import java.util.List;

/** The addresses of the proxies that may say for whom they forward a request. */
final class TrustedProxies {
    private final List<Network> networks;

    TrustedProxies(HttpSettings.Proxies settings) {
        networks = settings.trusted().stream().map(Network::of).toList();
    }

    /** Whether the proxy with this address may name its callers. */
    boolean contains(InetAddress address) {
        for (var network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
