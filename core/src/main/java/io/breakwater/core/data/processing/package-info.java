/** Transforms with JSONata, and schema checks with {@code validation}, both with limits. */
@NullMarked
package io.breakwater.core.data.processing;

import org.jspecify.annotations.NullMarked;
