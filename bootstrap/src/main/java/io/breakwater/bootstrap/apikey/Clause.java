package io.breakwater.bootstrap.apikey;

import org.jspecify.annotations.Nullable;

/** Puts a clause at the end of a sentence. */
final class Clause {
    private Clause() {}

    /** Returns the clause with exactly one full stop or question mark at its end. */
    static String end(@Nullable String clause) {
        var text = String.valueOf(clause);
        return text.endsWith(".") || text.endsWith("?") ? text : text + ".";
    }
}
