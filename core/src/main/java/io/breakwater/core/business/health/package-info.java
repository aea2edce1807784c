/**
 * The health of the server: {@link io.breakwater.core.business.health.Health} evaluates it, {@link
 * io.breakwater.core.business.health.Readiness} determines whether clients may use the server, and {@link
 * io.breakwater.core.business.health.RequestMetrics} counts their calls. {@code data.health} and {@code metrics}
 * implement the interfaces.
 */
@NullMarked
package io.breakwater.core.business.health;

import org.jspecify.annotations.NullMarked;
