package io.breakwater.adapter.postgres.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a table in SQL syntax: {@code orders}, {@code sales."Order Lines"}.
 *
 * @param schema the schema, or null when the text has none
 * @param name the name of the table, in the form of the catalog
 */
record QuotedName(@Nullable String schema, String name) {
    private static final Pattern PART = Pattern.compile("\\s*(?:\"((?:[^\"]|\"\")+)\"|([^\\s\".]+))\\s*(\\.|\\z)");

    /** The length of two names of 63 characters, when each character is a doubled quote, and some blanks. */
    private static final int MAX_LENGTH = 300;

    /** Parses a name; empty when the text is not the name of a table. */
    static Optional<QuotedName> parse(String text) {
        if (text.length() > MAX_LENGTH || text.indexOf('\0') >= 0) { // the server accepts no NUL in any text
            return Optional.empty();
        }
        var parts = new ArrayList<String>();
        var matcher = PART.matcher(text);
        boolean more = true;
        while (more && matcher.lookingAt()) {
            parts.add(
                    matcher.group(1) == null
                            ? fold(matcher.group(2))
                            : matcher.group(1).replace("\"\"", "\""));
            more = !matcher.group(3).isEmpty();
            matcher.region(matcher.end(), text.length());
        }
        return more ? Optional.empty() : of(parts);
    }

    private static Optional<QuotedName> of(List<String> parts) {
        return switch (parts.size()) {
            case 1 -> Optional.of(new QuotedName(null, parts.getFirst()));
            case 2 -> Optional.of(new QuotedName(parts.getFirst(), parts.getLast()));
            default -> Optional.empty();
        };
    }

    /** Folds the letters A to Z and no others, as the server does. */
    private static String fold(String name) {
        var folded = new StringBuilder(name);
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                folded.setCharAt(i, (char) (c + ('a' - 'A')));
            }
        }
        return folded.toString();
    }
}
