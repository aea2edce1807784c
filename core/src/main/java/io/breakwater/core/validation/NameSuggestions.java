package io.breakwater.core.validation;

import com.networknt.schema.Error;
import io.breakwater.port.support.NameSuggestion;
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
        return NameSuggestion.hint(error.getProperty(), names)
                .map(hint -> "; " + hint)
                .orElse(names.size() <= MAX_LISTED ? "; the known names are " + String.join(", ", names) : "");
    }

    /** Returns the {@code properties} of the schema that reported the member. */
    private static JsonNode siblings(Error error, JsonNode schema) {
        var keyword = error.getSchemaLocation().getFragment().toString();
        return schema.at(keyword.substring(0, Math.max(0, keyword.lastIndexOf('/'))) + "/properties");
    }
}
