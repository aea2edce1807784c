package io.breakwater.core.business.health;

import java.time.Duration;

/**
 * How long calls took; all zero when there were none. The percentiles are exact to about 6 %.
 *
 * @param mean on average
 * @param p50 half of them took no longer
 * @param p95 all but one in twenty
 * @param p99 all but one in a hundred
 */
public record LatencyStats(Duration mean, Duration p50, Duration p95, Duration p99) {}
