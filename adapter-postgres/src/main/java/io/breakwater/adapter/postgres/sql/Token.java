package io.breakwater.adapter.postgres.sql;

/**
 * One token of a statement.
 *
 * @param kind what it is
 * @param start where it begins in the text
 * @param end where the text goes on after it
 * @param value of a word its lower-case form, of a quoted identifier the name meant, of anything else its own text;
 *     empty for a constant that is long or in dollar quotes
 */
record Token(Kind kind, int start, int end, String value) {

    /** Whether it is this key word of ASCII letters, in any case and without quotes. */
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

    /** Whether it is this punctuation mark. */
    boolean is(char mark) {
        return kind == Kind.MARK && value.length() == 1 && value.charAt(0) == mark;
    }

    /** Whether it can be a name: a word or a quoted identifier. */
    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    enum Kind {
        /** A key word or an identifier without quotes. */
        WORD,
        /** An identifier in quotes. */
        QUOTED,
        /** A constant in quotes of any sort: text, bits, dollar-quoted. */
        STRING,
        NUMBER,
        /** A place for a value: {@code $1}. */
        PARAMETER,
        OPERATOR,
        /** Punctuation, which is never the name of an operator: {@code ( ) [ ] , ; . : :: .. := =>}. */
        MARK
    }
}
