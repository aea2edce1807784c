package io.breakwater.adapter.http;

import java.util.Locale;

/**
 * The forms of a request target that the server accepts (RFC 9112 section 3.2): a path, {@code *}, and in HTTP/1 an
 * absolute URI whose authority a path follows. In any other form, such as {@code http://host?/mcp}, a proxy and this
 * server could find different paths.
 */
final class RequestTarget {
    private RequestTarget() {}

    /** Whether the target of an HTTP/1 request has one of these forms. */
    static boolean isAccepted(String target) {
        return target.startsWith("/") || target.equals("*") || isAbsolute(target);
    }

    /** Whether the {@code :path} of an HTTP/2 request has one of these forms (RFC 9113 section 8.3.1). */
    static boolean isAcceptedPath(String target) {
        return target.startsWith("/") || target.equals("*");
    }

    private static boolean isAbsolute(String target) {
        int authority = authority(target.toLowerCase(Locale.ROOT));
        if (authority < 0) {
            return false;
        }
        int end = authority;
        while (end < target.length() && "/?#".indexOf(target.charAt(end)) < 0) {
            end++;
        }
        return end > authority && (end == target.length() || target.charAt(end) == '/');
    }

    private static int authority(String target) {
        return target.startsWith("http://")
                ? "http://".length()
                : target.startsWith("https://") ? "https://".length() : -1;
    }
}
