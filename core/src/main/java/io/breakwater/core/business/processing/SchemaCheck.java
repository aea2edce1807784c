package io.breakwater.core.business.processing;

import io.breakwater.port.Json;

/** Checks a document against a JSON Schema that the caller brought along; it never fetches anything. */
public interface SchemaCheck {

    /**
     * Every way in which the document breaks the schema.
     *
     * @throws ProcessingException when the schema is none, refers to another document, or leaves the bounds of a check
     */
    Violations check(Json document, Json schema);
}
