package io.breakwater.adapter.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads media types leniently: most parameters are ignored. */
final class AcceptHeader {
    private static final Set<String> UTF_8 = Set.of("utf-8", "utf8", "us-ascii");

    private AcceptHeader() {}

    /** Whether one of the listed types matches {@code text/event-stream}. */
    static boolean allowsEvents(List<String> fields) {
        for (var field : fields) {
            for (var entry : field.split(",", -1)) {
                var type = mediaType(entry);
                if (type.equals("text/event-stream") || type.equals("text/*") || type.equals("*/*")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the type names no charset, or UTF-8, or a subset of it. */
    static boolean isUtf8(String field) {
        for (var parameter : field.toLowerCase(Locale.ROOT).split(";", -1)) {
            var pair = parameter.strip();
            if (pair.startsWith("charset=") && !UTF_8.contains(pair.substring(8).replace("\"", ""))) {
                return false;
            }
        }
        return true;
    }

    /** Returns the type without parameters, in lower case. */
    static String mediaType(String field) {
        int semicolon = field.indexOf(';');
        var type = semicolon < 0 ? field : field.substring(0, semicolon);
        return type.strip().toLowerCase(Locale.ROOT);
    }
}
