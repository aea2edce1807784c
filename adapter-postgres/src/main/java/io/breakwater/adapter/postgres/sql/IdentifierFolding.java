package io.breakwater.adapter.postgres.sql;

import java.util.Set;

/**
 * Folds names without quotes to lower case, as servers do. All servers fold ASCII letters; a server with a single-byte
 * encoding also folds other letters, each according to its locale: the Turkish {@code İ} becomes {@code i}.
 */
final class IdentifierFolding {
    private IdentifierFolding() {}

    /** Adds a name in all forms that a server may use. */
    static void addTo(Set<String> names, Token token) {
        names.add(token.value());
        if (token.kind() == Token.Kind.WORD) {
            names.add(fold(token.value()));
        }
    }

    static String fold(String name) {
        return isFolded(name) ? name : foldAllLetters(name);
    }

    /** Whether it certainly contains no capital letter, as nearly all names. */
    private static boolean isFolded(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c > 0x7F || (c >= 'A' && c <= 'Z')) {
                return false;
            }
        }
        return true;
    }

    private static String foldAllLetters(String name) {
        return name.codePoints()
                .map(Character::toLowerCase)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
