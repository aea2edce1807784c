/** The tiers of the result cache: memory, and the store that servers share; and the versions of tags. */
@NullMarked
package io.breakwater.core.data.cache;

import org.jspecify.annotations.NullMarked;
