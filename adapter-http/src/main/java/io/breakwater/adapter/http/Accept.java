package io.breakwater.adapter.http;

import java.util.List;
import java.util.Locale;

/** Reads media types, leniently: parameters are skipped. */
final class Accept {
    private Accept() {}

    /** Whether one of the listed types is, or stands for, {@code text/event-stream}. */
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

    /** The type without parameters, lower case. */
    static String mediaType(String field) {
        int semicolon = field.indexOf(';');
        var type = semicolon < 0 ? field : field.substring(0, semicolon);
        return type.strip().toLowerCase(Locale.ROOT);
    }
}
