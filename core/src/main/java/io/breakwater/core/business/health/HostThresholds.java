package io.breakwater.core.business.health;

import io.breakwater.server.settings.HealthSettings;

/**
 * The thresholds of a server and their state. Not thread-safe.
 *
 * @param enoughCalls the number of calls from which on the error rate is evaluated
 * @param errorRate the tolerated share of failed calls
 * @param failingRate the share of failed calls from which on the server is unhealthy
 * @param memory the tolerated share of memory
 * @param cpu the tolerated CPU load
 * @param disk the tolerated share of the disk
 */
record HostThresholds(
        HysteresisThreshold enoughCalls,
        HysteresisThreshold errorRate,
        HysteresisThreshold failingRate,
        HysteresisThreshold memory,
        HysteresisThreshold cpu,
        HysteresisThreshold disk) {

    static HostThresholds of(HealthSettings settings) {
        return new HostThresholds(
                HysteresisThreshold.from(settings.fewestCalls()),
                HysteresisThreshold.above(settings.errorRate()),
                HysteresisThreshold.from(settings.failingRate()),
                HysteresisThreshold.above(settings.memory()),
                HysteresisThreshold.above(settings.cpu()),
                HysteresisThreshold.above(settings.disk()));
    }
}
