package io.breakwater.server.settings;

import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.notNull;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Scheme, host and port of an HTTP service.
 *
 * @param tls whether the scheme is https
 * @param host a host name, an IPv4 address, or an IPv6 address without brackets; in lower case
 * @param port the port
 */
public record ServiceOrigin(boolean tls, String host, int port) {
    private static final int MAX_PORT = 65_535;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** Refuses an empty host, and a port that does not exist. */
    public ServiceOrigin {
        notNull(host, "ServiceOrigin.host");
        check(!host.isEmpty(), "host must not be empty.");
        check(port > 0 && port <= MAX_PORT, "port must be between 1 and 65535, but is " + port + ".");
        host = host.toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a URL such as {@code https://orders.internal:8443}.
     *
     * @throws IllegalArgumentException if it has another scheme than http and https, or more than scheme, host and port
     */
    public static ServiceOrigin parse(String url) {
        notNull(url, "ServiceOrigin.url");
        var uri = parseUri(url);
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        var host = uri.getHost();
        check(
                (tls || "http".equalsIgnoreCase(uri.getScheme()))
                        && host != null
                        && uri.getRawUserInfo() == null
                        && uri.getRawQuery() == null
                        && uri.getRawFragment() == null
                        && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/")),
                message(url));
        return new ServiceOrigin(tls, withoutBrackets(host), uri.getPort() >= 0 ? uri.getPort() : tls ? HTTPS : HTTP);
    }

    private static URI parseUri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(message(url), e);
        }
    }

    private static String message(String url) {
        return "The URL of a service must be http://host:port or https://host:port, without a user, a path and a query,"
                + " but is " + url.replaceFirst("//[^/]*@", "//******@") + ".";
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Returns the URL. */
    @Override
    public String toString() {
        var shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return (tls ? "https://" : "http://") + shown + (port == (tls ? HTTPS : HTTP) ? "" : ":" + port);
    }
}
