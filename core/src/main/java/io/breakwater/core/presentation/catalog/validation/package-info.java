/** Checks JSON against schemas: {@code Schema} compiles one, {@code Violation} is what a caller is told. */
@NullMarked
package io.breakwater.core.presentation.catalog.validation;

import org.jspecify.annotations.NullMarked;
