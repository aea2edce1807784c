package io.breakwater.adapter.http.identity;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The URLs to which requests about tokens are sent: https, or http on this machine. */
final class SecureUrl {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private SecureUrl() {}

    /** Returns the URL, or null if the text is none, or not a secure one. */
    static @Nullable URI parse(@Nullable String text) {
        try {
            var uri = text == null ? null : new URI(text);
            return uri != null && isSecure(uri) ? uri : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    static boolean isSecure(URI uri) {
        var host = uri.getHost();
        if (host == null || uri.getRawUserInfo() != null) {
            return false;
        }
        return "https".equalsIgnoreCase(uri.getScheme())
                || ("http".equalsIgnoreCase(uri.getScheme()) && LOOPBACK.contains(host));
    }
}
