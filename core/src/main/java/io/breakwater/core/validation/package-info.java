/**
 * Validates JSON against JSON Schema: {@code ValueSchema} compiles a schema and returns each mismatch as a
 * {@code Violation}.
 */
@NullMarked
package io.breakwater.core.validation;

import org.jspecify.annotations.NullMarked;
