/** Checks JSON against schemas: {@code ValueSchema} compiles one, {@code Violation} is what a caller is told. */
@NullMarked
package io.breakwater.core.validation;

import org.jspecify.annotations.NullMarked;
