package io.breakwater.adapter.postgres.policy;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The system functions that were reviewed and only compute or describe, for each major version that has them. A line of
 * the file has the name of a function and its versions: {@code any_value 16-18}. A function of a new version is refused
 * until it is reviewed and added; a test compares the list with real servers.
 */
final class ReviewedFunctions {
    private static final Map<String, Versions> LIST = load();

    private record Versions(int first, int last) {
        private static Versions of(String range) {
            return new Versions(
                    Integer.parseInt(range.substring(0, 2)), Integer.parseInt(range.substring(range.length() - 2)));
        }

        private boolean contain(int version) {
            return first <= version && version <= last;
        }
    }

    private ReviewedFunctions() {}

    /** Whether the function of this name was reviewed for this major version. */
    static boolean contains(String name, int version) {
        var versions = LIST.get(name);
        return versions != null && versions.contain(version);
    }

    /** The functions that were reviewed for this major version. */
    static Set<String> of(int version) {
        return LIST.keySet().stream().filter(name -> contains(name, version)).collect(Collectors.toSet());
    }

    private static Map<String, Versions> load() {
        return PolicyResource.text("reviewed-functions.txt")
                .lines()
                .collect(Collectors.toUnmodifiableMap(
                        line -> line.substring(0, line.indexOf(' ')),
                        line -> Versions.of(line.substring(line.indexOf(' ') + 1))));
    }
}
