/** Foreign tools made into definitions and handlers, so that they pass the same guard as our own. */
@NullMarked
package io.breakwater.core.presentation.toolsource;

import org.jspecify.annotations.NullMarked;
