package io.breakwater.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.adapter.redis.RedisSettings.Address;
import io.breakwater.adapter.redis.RedisSettings.Login;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parsed {@code redis://} URL. {@link java.net.URI} does not parse it, because that class supports neither several
 * hosts nor the underscores in the host names of container networks. No error message repeats the URL, because it may
 * contain the password.
 */
record RedisUrl(boolean encrypted, @Nullable Login login, List<Address> addresses, int database) {
    private static final String FORM_HINT = "; write redis://user:password@host:port/0, or rediss:// for TLS";

    static RedisUrl parse(String url, int defaultPort) {
        boolean encrypted = url.startsWith("rediss://");
        if (!encrypted && !url.startsWith("redis://")) {
            throw invalid("url must begin with redis:// or rediss://");
        }
        var rest = url.substring(url.indexOf("://") + 3);
        int atSign = rest.lastIndexOf('@');
        var location = rest.substring(atSign + 1);
        if (location.contains("?") || location.contains("#")) {
            throw invalid("url must not contain ? or #");
        }
        int slash = location.indexOf('/');
        var hosts = slash < 0 ? location : location.substring(0, slash);
        var database = slash < 0 ? "" : location.substring(slash + 1);
        return new RedisUrl(
                encrypted,
                atSign < 0 ? null : login(rest.substring(0, atSign)),
                Arrays.stream(hosts.split(",", -1))
                        .map(host -> address(host.strip(), defaultPort))
                        .toList(),
                database.isEmpty() ? 0 : number(database, "url must end with the number of a database"));
    }

    private static Login login(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw invalid("url must have a colon before the password, even without a user: redis://:password@host");
        }
        var user = decode(text.substring(0, colon));
        return new Login(user.isEmpty() ? "default" : user, decode(text.substring(colon + 1)));
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("url must encode a percent sign in the user or the password as %25");
        }
    }

    /** {@code host}, {@code host:port}, {@code [::1]} or {@code [::1]:port}. */
    private static Address address(String text, int defaultPort) {
        int bracket = text.indexOf(']');
        int colon = text.indexOf(':', Math.max(bracket, 0));
        var host = colon < 0 ? text : text.substring(0, colon);
        int port = colon < 0 ? defaultPort : number(text.substring(colon + 1), "url must have a number as port");
        if (host.isBlank()) {
            throw invalid("url must contain a host");
        }
        if (port < 1 || port > RedisSettings.MAX_PORT) {
            throw invalid("url must contain a port between 1 and " + RedisSettings.MAX_PORT);
        }
        return new Address(bracket < 0 ? host : host.substring(1, bracket), port);
    }

    private static int number(String text, String message) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw invalid(message);
        }
    }

    private static IllegalArgumentException invalid(String message) {
        return new IllegalArgumentException(message + FORM_HINT);
    }
}
