package io.breakwater.adapter.http.identity;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Compares http and https URLs as RFC 9449 section 4.3 recommends: without query and fragment, and after the
 * normalization of case, escapes, the default port and the empty path (RFC 3986 sections 6.2.2 and 6.2.3).
 */
final class HttpUrl {
    private static final int MAX_LENGTH = 2_000;
    private static final String UNRESERVED_MARKS = "-._~";

    private HttpUrl() {}

    /** Returns whether both are valid and name the same resource. */
    static boolean same(String one, String other) {
        if (one.length() > MAX_LENGTH) {
            return false;
        }
        var normalized = normalized(one);
        return normalized != null && normalized.equals(normalized(other));
    }

    private static @Nullable String normalized(String text) {
        try {
            var url = new URI(text);
            var scheme = url.getScheme();
            var host = url.getHost();
            if (scheme == null || host == null || url.getRawUserInfo() != null) {
                return null;
            }
            scheme = scheme.toLowerCase(Locale.ROOT);
            int defaultPort = scheme.equals("https") ? 443 : scheme.equals("http") ? 80 : 0;
            int port = url.getPort() < 0 ? defaultPort : url.getPort();
            return defaultPort == 0 ? null : scheme + "://" + host.toLowerCase(Locale.ROOT) + ":" + port + path(url);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static String path(URI url) {
        var path = withoutNeedlessEscapes(url.getRawPath());
        return path.isEmpty() ? "/" : path;
    }

    /** An escaped character that needs no escape is the same as the character, and hexadecimal digits have no case. */
    private static String withoutNeedlessEscapes(String path) {
        var result = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) != '%') {
                result.append(path.charAt(i));
                continue;
            }
            char escaped = (char) Integer.parseInt(path, i + 1, i + 3, 16);
            result.append(
                    isUnreserved(escaped)
                            ? String.valueOf(escaped)
                            : path.substring(i, i + 3).toUpperCase(Locale.ROOT));
            i += 2;
        }
        return result.toString();
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || UNRESERVED_MARKS.indexOf(c) >= 0;
    }
}
