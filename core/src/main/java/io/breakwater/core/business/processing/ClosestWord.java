package io.breakwater.core.business.processing;

import io.breakwater.port.support.NameSuggestion;
import java.util.Collection;

/** Suggests the known word that is closest to a mistyped one. */
public final class ClosestWord {
    private ClosestWord() {}

    /** Returns a question in parentheses, to follow the mistyped word in a sentence; empty if no word is similar. */
    public static String hint(String word, Collection<String> known) {
        return NameSuggestion.to(word, known)
                .map(suggestion -> " (did you mean '" + suggestion + "'?)")
                .orElse("");
    }
}
