package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.config.ConfigurationError;
import io.breakwater.port.Json;
import java.util.List;

/** Formats the errors of a configuration, as text and as JSON. */
final class ErrorListing {
    private ErrorListing() {}

    static String table(List<ConfigurationError> errors) {
        var table = new TextTable();
        errors.forEach(error -> table.row("  " + error.origin(), error.path(), error.sentence()));
        return table.text();
    }

    static Json json(List<ConfigurationError> errors) {
        return new Json.Arr(errors.stream()
                .<Json>map(error -> Json.object()
                        .put("origin", error.origin().toString())
                        .put("setting", error.path())
                        .put("problem", error.what())
                        .putIfPresent("remedy", error.remedy())
                        .build())
                .toList());
    }
}
