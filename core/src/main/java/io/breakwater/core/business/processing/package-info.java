/**
 * What {@code process_data} does to a JSON document: reshape it, check it against a schema, or describe it by figures.
 * Start at {@code DataProcessing}.
 */
@NullMarked
package io.breakwater.core.business.processing;

import org.jspecify.annotations.NullMarked;
