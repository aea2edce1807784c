/** Records and JSON: {@code Schemas} describes a record, {@code Binding} turns checked JSON into one and back. */
@NullMarked
package io.breakwater.core.presentation.codec;

import org.jspecify.annotations.NullMarked;
