/**
 * Counts and times what the server does; the only room that knows Micrometer. Whoever works for a call holds a
 * {@link io.breakwater.core.meter.CallMeter} and records into it; everything else happens when somebody reads.
 */
@NullMarked
package io.breakwater.core.meter;

import org.jspecify.annotations.NullMarked;
