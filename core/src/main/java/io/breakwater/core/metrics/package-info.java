/**
 * Counts and measures the work of the server; the only package that uses Micrometer. Code that handles calls records
 * into a {@link io.breakwater.core.metrics.CallMeter}; all other work happens when the metrics are read.
 */
@NullMarked
package io.breakwater.core.metrics;

import org.jspecify.annotations.NullMarked;
