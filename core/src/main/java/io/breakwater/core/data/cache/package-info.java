/** Keeps results for {@code business.recall}: how they are written, and the cache in this process's memory. */
@NullMarked
package io.breakwater.core.data.cache;

import org.jspecify.annotations.NullMarked;
