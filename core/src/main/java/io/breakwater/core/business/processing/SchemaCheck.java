package io.breakwater.core.business.processing;

import io.breakwater.port.Json;

/** Checks a document against a JSON Schema from the caller; it never fetches other documents. */
public interface SchemaCheck {

    /**
     * Returns the violations of the schema by the document.
     *
     * @throws ProcessingException if the schema is invalid, refers to another document, or exceeds the limits of a
     *     check
     */
    Violations check(Json document, Json schema);
}
