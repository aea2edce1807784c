/**
 * The operations of {@code process_data} on a JSON document: transform it, check it against a schema, or compute
 * statistics of it. Start at {@code DataProcessing}.
 */
@NullMarked
package io.breakwater.core.business.processing;

import org.jspecify.annotations.NullMarked;
