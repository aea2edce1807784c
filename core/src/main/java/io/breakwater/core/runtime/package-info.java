/** The threads and the clock of a server: {@link io.breakwater.core.runtime.Lanes}. */
@NullMarked
package io.breakwater.core.runtime;

import org.jspecify.annotations.NullMarked;
