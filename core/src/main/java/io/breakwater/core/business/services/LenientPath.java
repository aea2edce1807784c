package io.breakwater.core.business.services;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The path as the most lenient server reads it: characters in their compatible form (NFKC), without invisible ones, without
 * path parameters and outer spaces of segments, and without what follows a decoded question mark or number sign.
 */
final class LenientPath {
    private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}");
    private static final Pattern REST = Pattern.compile("[?#].*", Pattern.DOTALL);

    private LenientPath() {}

    static String of(String decoded) {
        var plain = INVISIBLE
                .matcher(Normalizer.normalize(decoded, Normalizer.Form.NFKC))
                .replaceAll("");
        return Arrays.stream(REST.matcher(plain).replaceAll("").split("/", -1))
                .map(LenientPath::segment)
                .collect(Collectors.joining("/"));
    }

    private static String segment(String written) {
        int parameters = written.indexOf(';');
        return (parameters < 0 ? written : written.substring(0, parameters)).strip();
    }
}
