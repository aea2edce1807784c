package io.breakwater.adapter.postgres.statement;

import java.util.Locale;

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

    /** Whether it is this key word, in any case and without quotes. */
    boolean is(String keyword) {
        return kind == Kind.WORD && value.equals(keyword.toLowerCase(Locale.ROOT));
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
