package io.breakwater.adapter.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Protects a server from web pages on the same machine (DNS rebinding): a request must name an allowed host, and its
 * origin, if any, must be allowed. Each of both fields may occur once at most and must be well formed, so that no two
 * parsers can interpret it differently.
 */
final class OriginFilter {
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

    private static final List<String> ANY_ADDRESS = List.of("0.0.0.0", "::", "[::]");

    private final Set<String> hosts = new HashSet<>(LOOPBACK);
    private final Set<Origin> origins = new HashSet<>();
    private final boolean local;
    /** The last name that was allowed; a race between threads only costs a second check. */
    private String lastAllowedHost = "";

    /**
     * Creates a filter for the hosts and origins in the settings.
     *
     * @param local whether only this machine can reach the server, so that its own pages are allowed
     */
    OriginFilter(HttpSettings settings, boolean local) {
        this.local = local;
        if (!ANY_ADDRESS.contains(settings.host())) {
            allow(Authority.bracketed(settings.host()));
        }
        settings.allowedHosts().forEach(this::allow);
        settings.allowedOrigins().forEach(this::allowOrigin);
    }

    /**
     * Returns the reason to refuse the request, or null when its host and its origin are allowed.
     *
     * @param origin the first {@code Origin} field of the request
     */
    @Nullable
    RequestRejection refusal(HttpServerRequest request, @Nullable String origin) {
        if (isMisdirected(request)) {
            return RequestRejection.MISDIRECTED;
        }
        if (!isAllowedHost(request)) {
            return RequestRejection.HOST;
        }
        boolean allowed =
                origin == null || (request.headers().getAll(HttpHeaders.ORIGIN).size() == 1 && isAllowedOrigin(origin));
        return allowed ? null : RequestRejection.ORIGIN;
    }

    /** Whether the request names an allowed host. */
    boolean isAllowedHost(HttpServerRequest request) {
        var named = request.headers().getAll(HttpHeaders.HOST);
        if (request.version().equals(HttpVersion.HTTP_2)) {
            var authority = request.authority(true);
            return authority != null && agree(authority.toString(), named) && isKnownHost(authority.toString());
        }
        return named.size() == 1 && isKnownHost(named.getFirst());
    }

    /**
     * Whether the target of an HTTP/1 request is an absolute URI that names another server: proxies use this name and
     * not {@code Host} (RFC 9112 section 3.2.2).
     */
    boolean isMisdirected(HttpServerRequest request) {
        var target = request.uri();
        int colon = target.startsWith("/") ? -1 : target.indexOf("://");
        if (colon < 0) {
            return false;
        }
        var origin = Origin.parse(target.substring(0, authorityEnd(target, colon + 3)));
        return origin == null || !origin.isWeb() || !isKnownHost(origin.authority());
    }

    private static int authorityEnd(String target, int from) {
        int end = from;
        while (end < target.length() && "/?#".indexOf(target.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /** Whether a page of this origin may call the server. */
    boolean isAllowedOrigin(String text) {
        var origin = Origin.parse(text);
        if (origin == null) {
            return false;
        }
        boolean samePage =
                local && origin.isWeb() && LOOPBACK.contains(origin.authority().host());
        return samePage || origins.contains(origin);
    }

    private static boolean agree(String authority, List<String> named) {
        return named.isEmpty() || (named.size() == 1 && named.getFirst().equals(authority));
    }

    private boolean isKnownHost(String name) {
        if (name.equals(lastAllowedHost)) {
            return true;
        }
        var authority = Authority.parse(name);
        if (authority == null || !isKnownHost(authority)) {
            return false;
        }
        lastAllowedHost = name;
        return true;
    }

    private boolean isKnownHost(Authority authority) {
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
