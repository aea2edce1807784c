package io.breakwater.adapter.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps web pages away from a server on the same machine (DNS rebinding): the request must be addressed to a name we
 * answer to, and come from no page but those allowed. Both fields must be there at most once and well formed: what two
 * readers could understand in two ways is refused.
 */
final class OriginFilter {
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

    private static final List<String> ANY_ADDRESS = List.of("0.0.0.0", "::", "[::]");

    private final Set<String> hosts = new HashSet<>(LOOPBACK);
    private final Set<Origin> origins = new HashSet<>();
    private final boolean local;
    /** The last name that passed; a race between threads costs a second look, no more. */
    private String familiar = "";

    /**
     * Answers to the names of the settings.
     *
     * @param local whether only this machine reaches us, so that its own pages are allowed
     */
    OriginFilter(HttpSettings settings, boolean local) {
        this.local = local;
        if (!ANY_ADDRESS.contains(settings.host())) {
            allow(Authority.bracketed(settings.host()));
        }
        settings.allowedHosts().forEach(this::allow);
        settings.allowedOrigins().forEach(this::allowOrigin);
    }

    /** Whether the request is addressed to us. */
    boolean isAllowedHost(HttpServerRequest request) {
        var named = request.headers().getAll(HttpHeaders.HOST);
        if (request.version().equals(HttpVersion.HTTP_2)) {
            var authority = request.authority(true);
            return authority != null && agree(authority.toString(), named) && knows(authority.toString());
        }
        return named.size() == 1 && knows(named.getFirst());
    }

    /**
     * Whether the target of an HTTP/1 request is a whole URI that names another server: of two names, proxies go by
     * this one and not by {@code Host} (RFC 9112 section 3.2.2).
     */
    boolean isForOthers(HttpServerRequest request) {
        var target = request.uri();
        int colon = target.startsWith("/") ? -1 : target.indexOf("://");
        if (colon <= 0) {
            return false;
        }
        var origin = Origin.parse(target.substring(0, authorityEnd(target, colon + 3)));
        return origin == null || !origin.isWeb() || !knows(origin.authority());
    }

    private static int authorityEnd(String target, int from) {
        int end = from;
        while (end < target.length() && "/?#".indexOf(target.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /** Whether a page of that origin may call us. */
    boolean isAllowedOrigin(String text) {
        var origin = Origin.parse(text);
        if (origin == null) {
            return false;
        }
        boolean ours =
                local && origin.isWeb() && LOOPBACK.contains(origin.authority().host());
        return ours || origins.contains(origin);
    }

    private static boolean agree(String authority, List<String> named) {
        return named.isEmpty() || (named.size() == 1 && named.getFirst().equals(authority));
    }

    private boolean knows(String name) {
        if (name.equals(familiar)) {
            return true;
        }
        var authority = Authority.parse(name);
        if (authority == null || !knows(authority)) {
            return false;
        }
        familiar = name;
        return true;
    }

    private boolean knows(Authority authority) {
        return hosts.contains(authority.host()) || hosts.contains(authority.canonical());
    }

    private void allow(String name) {
        var authority = Authority.parse(name);
        if (authority != null) {
            hosts.add(authority.canonical());
        }
    }

    private void allowOrigin(String text) {
        var origin = Origin.parse(text);
        if (origin != null) {
            origins.add(origin);
        }
    }
}
