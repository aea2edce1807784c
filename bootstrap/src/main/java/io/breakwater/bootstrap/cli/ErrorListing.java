package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.config.ConfigurationError;
import io.breakwater.port.Json;
import java.util.List;

/** Formats the errors of a configuration, as text and as JSON. */
final class ErrorListing {
    private ErrorListing() {}

    static String table(List<ConfigurationError> mistakes) {
        var table = new TextTable();
        mistakes.forEach(mistake -> table.row("  " + mistake.origin(), mistake.path(), mistake.sentence()));
        return table.text();
    }

    static Json json(List<ConfigurationError> mistakes) {
        return new Json.Arr(mistakes.stream()
                .<Json>map(mistake -> Json.object()
                        .put("origin", mistake.origin().toString())
                        .put("setting", mistake.path())
                        .put("problem", mistake.what())
                        .putIfPresent("remedy", mistake.remedy())
                        .build())
                .toList());
    }
}
