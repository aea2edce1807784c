package io.breakwater.adapter.http;

import java.util.Optional;
import java.util.regex.Pattern;

/** One element of the field {@code Forwarded} (RFC 7239), which is a list of pairs. */
final class ForwardedElement {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\.)*+\"";
    private static final Pattern PAIR =
            Pattern.compile("[ \\t]*+(" + TOKEN + ")=(" + TOKEN + "|" + QUOTED + ")[ \\t]*+(?:;|$)");

    private ForwardedElement() {}

    /** Returns the node of the parameter {@code for}; empty if the element is malformed, or has no or two such nodes. */
    static Optional<String> parse(String element) {
        String node = null;
        var pairs = PAIR.matcher(element);
        int at = 0;
        while (at < element.length()) {
            if (!pairs.region(at, element.length()).lookingAt()) {
                return Optional.empty();
            }
            if (pairs.group(1).equalsIgnoreCase("for")) {
                if (node != null) {
                    return Optional.empty();
                }
                node = unquoted(pairs.group(2));
            }
            at = pairs.end();
        }
        return Optional.ofNullable(node);
    }

    private static String unquoted(String value) {
        return value.startsWith("\"") ? value.substring(1, value.length() - 1) : value;
    }
}
