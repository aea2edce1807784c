package io.breakwater.adapter.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A host and an optional port, as in {@code Host} and {@code Origin} (RFC 3986 section 3.2, without user information).
 *
 * @param host lower case; an IPv6 literal keeps its brackets
 * @param port the port, or -1 when none is written
 */
record Authority(String host, int port) {

    /** Returns a host or address as a URI contains it: IPv6 in brackets. */
    static String bracketed(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    /** Parses a host and an optional port; returns null when the text is not well formed. */
    static @Nullable Authority parse(String text) {
        int end = hostEnd(text);
        if (end <= 0) {
            return null;
        }
        var host = text.substring(0, end).toLowerCase(Locale.ROOT);
        if (end == text.length()) {
            return new Authority(host, -1);
        }
        int port = text.charAt(end) == ':' ? port(text, end + 1) : -1;
        return port < 0 ? null : new Authority(host, port);
    }

    /** Returns the normalized text, by which authorities can be compared. */
    String canonical() {
        return port < 0 ? host : host + ":" + port;
    }

    private static int hostEnd(String text) {
        if (text.startsWith("[")) {
            return literalEnd(text);
        }
        int i = 0;
        while (i < text.length() && isNameCharacter(text.charAt(i))) {
            i++;
        }
        // A name may end with a dot, but only attackers send such names.
        return i > 0 && text.charAt(i - 1) == '.' ? -1 : i;
    }

    private static int literalEnd(String text) {
        int i = 1;
        while (i < text.length() && isLiteralCharacter(text.charAt(i))) {
            i++;
        }
        return i > 2 && i < text.length() && text.charAt(i) == ']' ? i + 1 : -1;
    }

    private static boolean isNameCharacter(char c) {
        return isDigitOrLetter(c) || c == '-' || c == '.' || c == '_';
    }

    private static boolean isLiteralCharacter(char c) {
        return isDigitOrLetter(c) || c == ':' || c == '.';
    }

    private static boolean isDigitOrLetter(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static int port(String text, int from) {
        int length = text.length() - from;
        if (length < 1 || length > 5) {
            return -1;
        }
        int port = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            port = port * 10 + c - '0';
        }
        return port <= 65_535 ? port : -1;
    }
}
