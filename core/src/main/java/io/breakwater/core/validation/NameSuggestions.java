package io.breakwater.core.validation;

import com.networknt.schema.Error;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Suggests a name for an unknown member: the most similar known name, or all known names. */
final class NameSuggestions {
    private static final int MAX_LISTED = 12;

    private NameSuggestions() {}

    static String hint(Error error, JsonNode schema) {
        var names = List.copyOf(siblings(error, schema).propertyNames());
        if (names.isEmpty()) {
            return "";
        }
        var unknownName = error.getProperty();
        return names.stream()
                .filter(name -> distance(unknownName, name) <= Math.max(1, name.length() / 3))
                .min(Comparator.comparingInt(name -> distance(unknownName, name)))
                .map(name -> "; did you mean " + name + "?")
                .orElse(names.size() <= MAX_LISTED ? "; the known names are " + String.join(", ", names) : "");
    }

    /** Returns the {@code properties} of the schema that reported the member. */
    private static JsonNode siblings(Error error, JsonNode schema) {
        var keyword = error.getSchemaLocation().getFragment().toString();
        return schema.at(keyword.substring(0, Math.max(0, keyword.lastIndexOf('/'))) + "/properties");
    }

    /** Returns the Levenshtein distance; names whose lengths differ too much are not compared. */
    private static int distance(String one, String other) {
        if (Math.abs(one.length() - other.length()) > other.length()) {
            return Integer.MAX_VALUE;
        }
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
