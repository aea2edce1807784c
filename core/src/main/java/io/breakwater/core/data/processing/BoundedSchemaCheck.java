package io.breakwater.core.data.processing;

import io.breakwater.core.business.processing.ProcessingException;
import io.breakwater.core.business.processing.SchemaCheck;
import io.breakwater.core.business.processing.Violations;
import io.breakwater.core.business.processing.Violations.Violation;
import io.breakwater.core.validation.CallerSchema;
import io.breakwater.core.validation.RejectedInputException;
import io.breakwater.core.validation.SchemaLimits;
import io.breakwater.port.Json;

/** Checks documents against schemas from untrusted callers, with limits. Thread-safe. */
public final class BoundedSchemaCheck implements SchemaCheck {
    private final SchemaLimits limits;

    /** Creates a check with limits. */
    public BoundedSchemaCheck(SchemaLimits limits) {
        this.limits = limits;
    }

    @Override
    public Violations check(Json document, Json schema) {
        try {
            var found = CallerSchema.compile(schema, limits).check(document);
            var listed = found.stream()
                    .limit(limits.maxListed())
                    .map(mismatch -> new Violation(mismatch.pointer(), mismatch.keyword(), mismatch.message()));
            return new Violations(listed.toList(), found.size());
        } catch (RejectedInputException e) {
            throw new ProcessingException(e.getMessage(), e);
        }
    }
}
