package io.breakwater.core.business.health;

import java.time.Duration;

/**
 * The durations of calls; all zero if there were none. The percentiles are exact to about 6 %.
 *
 * @param mean the average
 * @param p50 the median
 * @param p95 the 95th percentile
 * @param p99 the 99th percentile
 */
public record LatencyStats(Duration mean, Duration p50, Duration p95, Duration p99) {}
