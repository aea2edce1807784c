/**
 * The conversion between records and JSON: {@code RecordSchemas} derives schemas, and {@code RecordCodec} converts
 * values.
 */
@NullMarked
package io.breakwater.core.presentation.codec;

import org.jspecify.annotations.NullMarked;
