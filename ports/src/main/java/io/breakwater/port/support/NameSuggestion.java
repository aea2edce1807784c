package io.breakwater.port.support;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a user probably meant. Case and separators do not count. */
public final class NameSuggestion {
    private static final int MAX_LENGTH = 200;

    private NameSuggestion() {}

    /**
     * Returns the most similar name by {@link EditDistance}; empty when it differs in more than a third of its letters
     * and neither name is a prefix of the other.
     */
    public static Optional<String> to(String written, Collection<String> names) {
        if (written.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        var normalized = normalize(written);
        return names.stream()
                .filter(name -> isSimilar(normalized, normalize(name)))
                .min(Comparator.comparingInt((String name) -> EditDistance.between(normalized, normalize(name)))
                        .thenComparing(name -> name));
    }

    /** Returns the question "did you mean …?" with the most similar name; empty when {@link #to} finds none. */
    public static Optional<String> hint(String written, Collection<String> names) {
        return to(written, names).map(name -> "did you mean " + name + "?");
    }

    private static boolean isSimilar(String written, String name) {
        int maxDistance = Math.max(1, name.length() / 3);
        boolean prefix = written.length() >= 3 && (written.startsWith(name) || name.startsWith(written));
        return prefix
                || (Math.abs(written.length() - name.length()) <= maxDistance
                        && EditDistance.between(written, name) <= maxDistance);
    }

    private static String normalize(String name) {
        return name.replaceAll("[-_.\\s]", "").toLowerCase(Locale.ROOT);
    }
}
