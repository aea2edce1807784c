package io.breakwater.core.business.authorization;

import java.util.ArrayDeque;
import java.util.stream.IntStream;

/**
 * Compares a pattern with the URIs of a resource template, in which {@code {name}} stands for one or more characters
 * other than a slash. Both are sequences of tokens: a character, or one of the constants below zero.
 */
final class TemplateGlob {
    private static final int ANY = -1; // any number of characters
    private static final int ONE = -2; // one character other than a slash
    private static final int MORE = -3; // any number of characters other than a slash
    private static final int MAX_PRODUCT = 1_000_000;

    private TemplateGlob() {}

    /** Returns whether the pattern matches all URIs of the template, some of them, or none. */
    static Match match(Glob pattern, String template) {
        var glob = pattern.toString().chars().map(c -> c == '*' ? ANY : c).toArray();
        var uris = template(template);
        if ((long) glob.length * uris.length > MAX_PRODUCT) {
            throw new IllegalArgumentException("The URI template is too long to be compared with a pattern.");
        }
        if (covers(glob, uris)) {
            return Match.YES;
        }
        return overlaps(glob, uris) ? Match.POSSIBLE : Match.NO;
    }

    private static int[] template(String text) {
        var tokens = IntStream.builder();
        for (int i = 0; i < text.length(); i++) {
            int end = text.charAt(i) == '{' ? text.indexOf('}', i) : -1;
            if (end < 0) {
                tokens.add(text.charAt(i));
            } else {
                tokens.add(ONE).add(MORE);
                i = end;
            }
        }
        return tokens.build().toArray();
    }

    /** Matches variables with asterisks only, so that every URI of the template matches. */
    private static boolean covers(int[] glob, int[] uris) {
        int g = 0;
        int u = 0;
        int asterisk = -1;
        int resume = 0;
        while (u < uris.length) {
            if (g < glob.length && glob[g] == ANY) {
                asterisk = g++;
                resume = u;
            } else if (g < glob.length && glob[g] == uris[u]) {
                g++;
                u++;
            } else if (asterisk >= 0) {
                g = asterisk + 1;
                u = ++resume;
            } else {
                return false;
            }
        }
        while (g < glob.length && glob[g] == ANY) {
            g++;
        }
        return g == glob.length;
    }

    /** Returns whether one URI matches both: a search through the pairs of positions, each visited once. */
    private static boolean overlaps(int[] glob, int[] uris) {
        int width = uris.length + 1;
        var visited = new boolean[(glob.length + 1) * width];
        var open = new ArrayDeque<Integer>();
        open.add(0);
        while (!open.isEmpty()) {
            int state = open.remove();
            if (visited[state]) {
                continue;
            }
            visited[state] = true;
            int g = state / width;
            int u = state % width;
            if (g == glob.length && u == uris.length) {
                return true;
            }
            if (g < glob.length && glob[g] == ANY) {
                open.add(state + width);
            }
            if (u < uris.length && uris[u] == MORE) {
                open.add(state + 1);
            }
            if (g < glob.length && u < uris.length && shareCharacter(glob[g], uris[u])) {
                open.add((glob[g] == ANY ? g : g + 1) * width + (uris[u] == MORE ? u : u + 1));
            }
        }
        return false;
    }

    private static boolean shareCharacter(int glob, int uri) {
        if (glob == ANY) {
            return true;
        }
        return uri < 0 ? glob != '/' : glob == uri;
    }
}
