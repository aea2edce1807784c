package io.breakwater.core.business.health;

import io.breakwater.server.settings.HealthSettings;

/**
 * The bounds of a server, with what is crossed at present. Not thread-safe.
 *
 * @param enoughCalls from this number of calls on, the error rate counts
 * @param errorRate the share of faults that is tolerated
 * @param failingRate the share of faults of a server that fails
 * @param memory the share of memory that is tolerated
 * @param cpu the share of the processors that is tolerated
 * @param disk the share of the disk that is tolerated
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
