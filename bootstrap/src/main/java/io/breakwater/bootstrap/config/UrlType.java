package io.breakwater.bootstrap.config;

import io.breakwater.port.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An absolute URL; {@code http} is allowed for this machine only. */
record UrlType() implements SettingType<URI> {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    @Override
    public @Nullable URI parse(String text) {
        try {
            var url = new URI(text);
            return url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null && isSafe(url)
                    ? url
                    : null;
        } catch (URISyntaxException malformed) {
            return null;
        }
    }

    /**
     * Returns whether the text can identify an issuer or a server as OAuth requires: such a URL, without a query, and
     * with its scheme in lower case, because these URLs are compared as text.
     */
    static boolean isIdentifier(String text) {
        var url = new UrlType().parse(text);
        return url != null && url.getRawQuery() == null && text.startsWith("http");
    }

    private static boolean isSafe(URI url) {
        return "https".equalsIgnoreCase(url.getScheme())
                || ("http".equalsIgnoreCase(url.getScheme()) && LOOPBACK.contains(url.getHost()));
    }

    /** Masks the query, which can contain a key. */
    @Override
    public Json json(URI value) {
        return Json.of(UrlText.masked(value.toString()));
    }

    @Override
    public boolean mayContainSecret(String text) {
        return UrlText.mayContainSecret(text);
    }

    @Override
    public String text(URI value) {
        return value.toString();
    }

    @Override
    public String allowed() {
        return "an https URL, or an http URL of this machine, without a user and a fragment";
    }
}
