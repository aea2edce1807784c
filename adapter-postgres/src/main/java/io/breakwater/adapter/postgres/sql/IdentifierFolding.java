package io.breakwater.adapter.postgres.sql;

import java.util.Set;

/**
 * How servers keep a name that is not quoted. ASCII letters become small ones everywhere; a server whose encoding has
 * single bytes folds other letters too, one by one, as its locale says: the Turkish {@code İ} becomes {@code i}.
 */
final class IdentifierFolding {
    private IdentifierFolding() {}

    /** Adds a name in all the forms that a server may give it. */
    static void addTo(Set<String> names, Token token) {
        names.add(token.value());
        if (token.kind() == Token.Kind.WORD) {
            names.add(folded(token.value()));
        }
    }

    static String folded(String name) {
        return isFolded(name) ? name : foldedLetters(name);
    }

    /** Whether it holds no capital letter for sure, which is so for nearly all names. */
    private static boolean isFolded(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c > 0x7F || (c >= 'A' && c <= 'Z')) {
                return false;
            }
        }
        return true;
    }

    private static String foldedLetters(String name) {
        return name.codePoints()
                .map(Character::toLowerCase)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
