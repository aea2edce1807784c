package io.breakwater.core.validation;

import java.util.Set;

/** The keywords of JSON Schema that contain subschemas, in all supported dialects, except {@code properties}. */
final class SchemaKeywords {

    /** The value is an object of schemas. */
    static final Set<String> BY_NAME = Set.of("$defs", "definitions", "dependentSchemas", "patternProperties");

    /** The value is an array of schemas. */
    static final Set<String> LISTS = Set.of("allOf", "anyOf", "oneOf", "prefixItems", "items");

    /** The value is a schema. */
    static final Set<String> SINGLE = Set.of(
            "additionalProperties",
            "contains",
            "contentSchema",
            "else",
            "if",
            "items",
            "not",
            "propertyNames",
            "then",
            "unevaluatedItems",
            "unevaluatedProperties");

    private SchemaKeywords() {}
}
