/** Transforms with JSONata and schema checks with networknt's validator, both with limits. */
@NullMarked
package io.breakwater.core.data.processing;

import org.jspecify.annotations.NullMarked;
