package io.breakwater.adapter.http;

import io.breakwater.adapter.http.network.IpLiteral;
import io.breakwater.port.driving.RemotePeer;
import io.vertx.core.MultiMap;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Determines the caller of a request from the field in which trusted proxies name it. Each proxy appends the address
 * that it received the request from; the last address that is not a trusted proxy is the caller. What precedes it in
 * the field comes from the caller itself, and is ignored.
 */
final class CallerResolver {
    private static final int MAX_HOPS = 16;

    private final TrustedProxies trusted;
    private final HttpSettings.ForwardingHeader header;
    private final TransportCounters counters;

    CallerResolver(HttpSettings.Proxies settings, TransportCounters counters) {
        this.trusted = new TrustedProxies(settings);
        this.header = settings.header();
        this.counters = counters;
    }

    /** Whether this peer is a proxy whose forwarding field is believed. */
    boolean isTrusted(RemotePeer peer) {
        return IpLiteral.parse(peer.address()).filter(trusted::contains).isPresent();
    }

    /**
     * Returns the caller that the fields of a trusted proxy name; the proxy itself if they name none.
     *
     * @param proxy a trusted proxy
     */
    RemotePeer resolve(RemotePeer proxy, MultiMap headers) {
        var values = headers.getAll(header.fieldName());
        if (values.isEmpty()) {
            return proxy;
        }
        var hops = new ForwardingHops(values);
        InetAddress farthest = null;
        for (int hop = 0; hop < MAX_HOPS && hops.hasNext(); hop++) {
            var address = address(hops.next());
            if (address.isEmpty()) {
                return unknown(proxy);
            }
            farthest = address.get();
            if (!trusted.contains(farthest)) {
                return new RemotePeer(farthest.getHostAddress());
            }
        }
        return farthest == null || hops.hasNext() ? unknown(proxy) : new RemotePeer(farthest.getHostAddress());
    }

    private Optional<InetAddress> address(String hop) {
        return switch (header) {
            case X_FORWARDED_FOR -> ForwardingHops.address(hop);
            case FORWARDED -> ForwardedElement.parse(hop).flatMap(ForwardingHops::address);
        };
    }

    private RemotePeer unknown(RemotePeer proxy) {
        counters.callerUnknown();
        return proxy;
    }
}
