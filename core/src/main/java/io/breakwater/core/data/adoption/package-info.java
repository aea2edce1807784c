/** Foreign tools over the {@code ToolSource} port. */
@NullMarked
package io.breakwater.core.data.adoption;

import org.jspecify.annotations.NullMarked;
