package io.breakwater.adapter.postgres.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table's name as SQL writes it: {@code orders}, {@code sales."Order Lines"}.
 *
 * @param schema null when it names none
 * @param name as the catalogue holds it
 */
record QuotedName(@Nullable String schema, String name) {
    private static final Pattern PART = Pattern.compile("\\s*(?:\"((?:[^\"]|\"\")+)\"|([^\\s\".]+))\\s*(\\.|\\z)");

    /** Two names of 63 characters, each of them a quote that is doubled, and some blanks. */
    private static final int LONGEST = 300;

    /** Empty when it is no name of a table. */
    static Optional<QuotedName> parse(String text) {
        if (text.length() > LONGEST || text.indexOf('\0') >= 0) { // which the server takes in no text
            return Optional.empty();
        }
        var parts = new ArrayList<String>();
        var matcher = PART.matcher(text);
        boolean more = true;
        while (more && matcher.lookingAt()) {
            parts.add(
                    matcher.group(1) == null
                            ? folded(matcher.group(2))
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

    /** The server folds the letters A to Z, and no others. */
    private static String folded(String name) {
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
