/**
 * Counts and times what the server does; the only room that knows Micrometer. Whoever works for a call holds a
 * {@link io.breakwater.core.metrics.CallMeter} and records into it; everything else happens when somebody reads.
 */
@NullMarked
package io.breakwater.core.metrics;

import org.jspecify.annotations.NullMarked;
