/** The pack {@code orders}: orders over several services. */
@NullMarked
package io.breakwater.core.presentation.tool.orders;

import org.jspecify.annotations.NullMarked;
