package io.breakwater.core.business.processing;

import io.breakwater.port.Json;
import java.util.List;

/**
 * The result of a check: the first violations and their total number.
 *
 * @param listed the first violations, in the order of the check
 * @param total the number of all violations, not below the number of listed ones
 */
public record Violations(List<Violation> listed, int total) {

    /** Copies the list. */
    public Violations {
        listed = List.copyOf(listed);
        if (total < listed.size()) {
            throw new IllegalArgumentException(
                    "The total number of violations is below the number of listed ones: " + total);
        }
    }

    /**
     * One mismatch between a document and its schema.
     *
     * @param pointer the JSON Pointer (RFC 6901) of the value in the document; empty for the whole document
     * @param keyword the keyword of the schema that the value violates
     * @param message one sentence
     */
    public record Violation(String pointer, String keyword, String message) {}

    Json toJson() {
        var items = listed.stream().<Json>map(Violations::toJson).toList();
        return Json.object()
                .put("valid", total == 0)
                .put("violation_count", total)
                .put("violations", new Json.Arr(items))
                .build();
    }

    private static Json.Obj toJson(Violation violation) {
        return Json.object()
                .put("pointer", violation.pointer())
                .put("keyword", violation.keyword())
                .put("message", violation.message())
                .build();
    }
}
