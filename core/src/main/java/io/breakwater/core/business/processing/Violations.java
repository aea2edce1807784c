package io.breakwater.core.business.processing;

import io.breakwater.port.Json;
import java.util.List;

/**
 * What a check found: the first violations and how many there were.
 *
 * @param listed the first ones, in the order of the check
 * @param total how many were found, at least as many as are listed
 */
public record Violations(List<Violation> listed, int total) {

    /** Copies the list. */
    public Violations {
        listed = List.copyOf(listed);
        if (total < listed.size()) {
            throw new IllegalArgumentException("fewer violations than are listed: " + total);
        }
    }

    /**
     * One way in which a document breaks its schema.
     *
     * @param pointer JSON Pointer (RFC 6901) of the place in the document; empty for the whole document
     * @param keyword the keyword of the schema that is broken
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
