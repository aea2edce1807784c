package io.breakwater.adapter.postgres.sql;

/**
 * One token of a statement.
 *
 * @param kind the kind of the token
 * @param start the index in the text at which it begins
 * @param end the index after it
 * @param value for a word its lower-case form, for a quoted identifier its name, for other tokens their text; empty for
 *     a constant that is long or in dollar quotes
 */
record Token(Kind kind, int start, int end, String value) {

    /** Whether the token is this key word, in any case and without quotes. */
    boolean is(String keyword) {
        if (kind != Kind.WORD || value.length() != keyword.length()) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) != Character.toLowerCase(keyword.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the token is this punctuation mark. */
    boolean is(char symbol) {
        return kind == Kind.PUNCTUATION && value.length() == 1 && value.charAt(0) == symbol;
    }

    /** Whether the token can be a name: a word or a quoted identifier. */
    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    enum Kind {
        /** A key word or an identifier without quotes. */
        WORD,
        /** An identifier in quotes. */
        QUOTED,
        /** A quoted constant of any kind: text, bits, dollar-quoted. */
        STRING,
        NUMBER,
        /** A parameter: {@code $1}. */
        PARAMETER,
        OPERATOR,
        /** Punctuation, which is never the name of an operator: {@code ( ) [ ] , ; . : :: .. := =>}. */
        PUNCTUATION
    }
}
