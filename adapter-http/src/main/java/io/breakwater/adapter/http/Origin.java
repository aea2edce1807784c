package io.breakwater.adapter.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The origin of a web page (RFC 6454): scheme, host and port.
 *
 * @param scheme lower case
 * @param authority without the port if it is the default of the scheme
 */
record Origin(String scheme, Authority authority) {

    /** Parses an origin; returns null when the text is not well formed. The origin {@code null} is not well formed. */
    static @Nullable Origin parse(String text) {
        int colon = text.indexOf("://");
        if (colon <= 0 || !isScheme(text, colon)) {
            return null;
        }
        var scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        var authority = Authority.parse(text.substring(colon + 3));
        return authority == null ? null : new Origin(scheme, withoutDefaultPort(scheme, authority));
    }

    /** Whether the page was loaded over HTTP or HTTPS, and not with an application's own scheme. */
    boolean isWeb() {
        return scheme.equals("http") || scheme.equals("https");
    }

    private static Authority withoutDefaultPort(String scheme, Authority authority) {
        boolean own = (scheme.equals("http") && authority.port() == 80)
                || (scheme.equals("https") && authority.port() == 443);
        return own ? new Authority(authority.host(), -1) : authority;
    }

    private static boolean isScheme(String text, int end) {
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean other = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
            if (!letter && (i == 0 || !other)) {
                return false;
            }
        }
        return true;
    }
}
