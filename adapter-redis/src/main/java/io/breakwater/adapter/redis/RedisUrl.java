package io.breakwater.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.adapter.redis.RedisSettings.Address;
import io.breakwater.adapter.redis.RedisSettings.Login;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code redis://} URL says. Read by hand: {@link java.net.URI} knows neither several hosts nor the underscores
 * that container networks put into names. No complaint repeats the URL, for it holds the password.
 */
record RedisUrl(boolean encrypted, @Nullable Login login, List<Address> addresses, int database) {
    private static final String FORM = "; write redis://user:password@host:port/0, or rediss:// for TLS";

    static RedisUrl parse(String url, int defaultPort) {
        boolean encrypted = url.startsWith("rediss://");
        if (!encrypted && !url.startsWith("redis://")) {
            throw bad("redis.url must begin with redis:// or rediss://");
        }
        var rest = url.substring(url.indexOf("://") + 3);
        int at = rest.lastIndexOf('@');
        var place = rest.substring(at + 1);
        if (place.contains("?") || place.contains("#")) {
            throw bad("redis.url must not end in parameters");
        }
        int slash = place.indexOf('/');
        var hosts = slash < 0 ? place : place.substring(0, slash);
        var database = slash < 0 ? "" : place.substring(slash + 1);
        return new RedisUrl(
                encrypted,
                at < 0 ? null : login(rest.substring(0, at)),
                Arrays.stream(hosts.split(",", -1))
                        .map(host -> address(host.strip(), defaultPort))
                        .toList(),
                database.isEmpty() ? 0 : number(database, "redis.url must end in the number of a database"));
    }

    private static Login login(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw bad("redis.url must have a colon before the password, even without a user: redis://:password@host");
        }
        var user = decoded(text.substring(0, colon));
        return new Login(user.isEmpty() ? "default" : user, decoded(text.substring(colon + 1)));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            throw bad("redis.url must write a percent sign in user or password as %25");
        }
    }

    /** {@code host}, {@code host:port}, {@code [::1]} or {@code [::1]:port}. */
    private static Address address(String text, int defaultPort) {
        int bracket = text.indexOf(']');
        int colon = text.indexOf(':', Math.max(bracket, 0));
        var host = colon < 0 ? text : text.substring(0, colon);
        int port = colon < 0 ? defaultPort : number(text.substring(colon + 1), "redis.url must have a number as port");
        return new Address(bracket < 0 ? host : host.substring(1, bracket), port);
    }

    private static int number(String text, String otherwise) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw bad(otherwise);
        }
    }

    private static IllegalArgumentException bad(String what) {
        return new IllegalArgumentException(what + FORM);
    }
}
