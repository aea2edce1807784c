/**
 * Records and JSON: {@code RecordSchemas} describes a record, {@code RecordCodec} turns checked JSON into one and back.
 */
@NullMarked
package io.breakwater.core.presentation.codec;

import org.jspecify.annotations.NullMarked;
