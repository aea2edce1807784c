/** How tests wait for other threads and processes. */
@NullMarked
package io.breakwater.sample.waiting;

import org.jspecify.annotations.NullMarked;
