/**
 * How the server is doing: {@link io.breakwater.core.business.health.Health} judges it,
 * {@link io.breakwater.core.business.health.Readiness} says whether clients may come, and
 * {@link io.breakwater.core.business.health.RequestMetrics} counts what they did. The interfaces are what these want to
 * know; {@code data.operations} and {@code meter} implement them.
 */
@NullMarked
package io.breakwater.core.business.health;

import org.jspecify.annotations.NullMarked;
