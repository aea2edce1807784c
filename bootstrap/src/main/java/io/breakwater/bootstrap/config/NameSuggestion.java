package io.breakwater.bootstrap.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the name somebody probably meant. Letters left out, added, changed or swapped with their neighbour each count
 * one (the optimal string alignment distance); case and separators do not count.
 */
public final class NameSuggestion {
    private NameSuggestion() {}

    /**
     * The nearest of these names, unless even that one differs in more than a third of its letters and neither is the
     * beginning of the other.
     */
    public static Optional<String> to(String written, Collection<String> names) {
        var plain = plain(written);
        return names.stream()
                .filter(name -> near(plain, plain(name)))
                .min(Comparator.comparingInt((String name) -> distance(plain, plain(name)))
                        .thenComparing(name -> name));
    }

    private static boolean near(String written, String name) {
        int most = Math.max(1, name.length() / 3);
        boolean beginning = written.length() >= 3 && (written.startsWith(name) || name.startsWith(written));
        return beginning || (Math.abs(written.length() - name.length()) <= most && distance(written, name) <= most);
    }

    private static String plain(String name) {
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
