package io.breakwater.bootstrap.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the name that a user probably meant. Each omitted, added, changed or swapped letter counts one (the optimal
 * string alignment distance); case and separators do not count.
 */
public final class NameSuggestion {
    private NameSuggestion() {}

    /**
     * Returns the most similar name; empty when it differs in more than a third of its letters and neither name is a
     * prefix of the other.
     */
    public static Optional<String> to(String written, Collection<String> names) {
        var normalized = normalize(written);
        return names.stream()
                .filter(name -> isSimilar(normalized, normalize(name)))
                .min(Comparator.comparingInt((String name) -> distance(normalized, normalize(name)))
                        .thenComparing(name -> name));
    }

    private static boolean isSimilar(String written, String name) {
        int maxDistance = Math.max(1, name.length() / 3);
        boolean prefix = written.length() >= 3 && (written.startsWith(name) || name.startsWith(written));
        return prefix
                || (Math.abs(written.length() - name.length()) <= maxDistance
                        && distance(written, name) <= maxDistance);
    }

    private static String normalize(String name) {
        return name.replaceAll("[-_.\\s]", "").toLowerCase(Locale.ROOT);
    }

    private static int distance(String from, String to) {
        int[] beforeLast = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(last[j] + 1, row[j - 1] + 1), last[j - 1] + change);
                if (swapped(from, i, to, j)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[to.length()];
    }

    private static boolean swapped(String from, int i, String to, int j) {
        return i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
    }
}
