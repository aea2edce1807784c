package io.breakwater.adapter.http.outbound;

import io.breakwater.adapter.http.network.IpLiteral;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.ServiceTransport;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a URL that a request needs, after a strict check.
 *
 * @param tls whether the scheme is https
 * @param host the host in lower case, without a trailing dot and without the brackets of IPv6
 * @param literal the address if the host is an address, or null if it is a name
 * @param pathAndQuery the target in the request line, unchanged
 * @param label how messages name the target; never with a path and a query, which can contain secrets
 */
record Target(boolean tls, String host, @Nullable InetAddress literal, int port, String pathAndQuery, String label) {
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
    private static final Pattern HOST = Pattern.compile("(?!.{254})(?:" + LABEL + "\\.)*" + LABEL);
    private static final int MAX_PORT = 65_535;
    private static final int MAX_NAME = 253;
    private static final String HOST_RULE =
            "The URL of a service needs a host: a name in ASCII (an international one in its xn-- form), four decimal"
                    + " numbers as in 192.0.2.1, or an IPv6 address in brackets without a zone.";
    private static final String PORT_RULE = "The port in the URL of a service must be between 1 and 65535.";
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /**
     * Parses a URL.
     *
     * @throws PortException.RefusedException when the client does not send requests to such a URL
     */
    static Target of(URI uri) {
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        if (!tls && !"http".equalsIgnoreCase(uri.getScheme())) {
            throw invalid("The URL of a service must begin with https:// or http://.");
        }
        if (uri.getRawAuthority() != null && uri.getRawAuthority().indexOf('@') >= 0) {
            throw invalid(
                    "The URL of a service must not contain a user name or a password. Send them in an Authorization"
                            + " header field.");
        }
        var host = host(uri);
        var literal = literal(host).orElse(null);
        var name = literal == null ? host : literal.getHostAddress();
        int port = port(uri, tls);
        return new Target(tls, name, literal, port, pathAndQuery(uri), origin(tls, name, port));
    }

    /**
     * Returns the target of a request to an instance of a service.
     *
     * @throws PortException.RefusedException when the client does not send requests to such an instance or path
     */
    static Target of(ServiceTransport.Endpoint endpoint, String pathAndQuery) {
        var host = withoutTrailingDot(endpoint.host());
        var literal = IpLiteral.parse(endpoint.host()).orElse(null);
        if (literal == null
                && (IpLiteral.endsInNumber(host) || !HOST.matcher(host).matches())) {
            throw unusable(HOST_RULE);
        }
        var name = literal == null ? host : literal.getHostAddress();
        if (endpoint.port() < 1 || endpoint.port() > MAX_PORT) {
            throw unusable(PORT_RULE);
        }
        return new Target(
                endpoint.tls(), name, literal, endpoint.port(), checkedTarget(pathAndQuery), endpoint.label());
    }

    private static String host(URI uri) {
        var written = uri.getHost();
        if (written == null) {
            throw invalidHost();
        }
        return withoutTrailingDot(written);
    }

    private static String withoutTrailingDot(String written) {
        var host = written.toLowerCase(Locale.ROOT);
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    private static Optional<InetAddress> literal(String host) {
        boolean bracketed = host.startsWith("[");
        if (!bracketed && !IpLiteral.endsInNumber(host)) {
            if (host.isEmpty() || host.length() > MAX_NAME) {
                throw invalidHost();
            }
            return Optional.empty();
        }
        var address = IpLiteral.parse(bracketed ? host.substring(1, host.length() - 1) : host);
        if (address.isEmpty()) {
            throw invalidHost();
        }
        return address;
    }

    private static int port(URI uri, boolean tls) {
        int port = uri.getPort();
        if (port == 0 || port > MAX_PORT) {
            throw invalidPort();
        }
        return port > 0 ? port : tls ? HTTPS : HTTP;
    }

    private static String pathAndQuery(URI uri) {
        var path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return checkedTarget(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
    }

    private static String checkedTarget(String target) {
        if (!isPrintable(target)) {
            throw invalid("The path and the query in the URL of a service must be in ASCII, without a fragment; encode"
                    + " other characters as in %C3%A9.");
        }
        return target;
    }

    private static boolean isPrintable(String target) {
        for (int i = 0; i < target.length(); i++) {
            char next = target.charAt(i);
            if (next <= ' ' || next > '~' || next == '#') {
                return false;
            }
        }
        return true;
    }

    private static String origin(boolean tls, String host, int port) {
        var shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
        boolean usual = port == (tls ? HTTPS : HTTP);
        return (tls ? "https://" : "http://") + shown + (usual ? "" : ":" + port);
    }

    private static PortException.RefusedException invalidPort() {
        return invalid(PORT_RULE);
    }

    private static PortException.RefusedException invalidHost() {
        return invalid(HOST_RULE);
    }

    /** Returns the exception for an instance that is at fault, and not the request. */
    static PortException.RefusedException unusable(String message) {
        return new PortException.RefusedException(PortException.RefusedException.Reason.FORBIDDEN, message, null);
    }

    private static PortException.RefusedException invalid(String message) {
        return new PortException.RefusedException(PortException.RefusedException.Reason.INVALID, message, null);
    }
}
