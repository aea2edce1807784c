package io.breakwater.core.business.health;

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
record Thresholds(
        Threshold enoughCalls,
        Threshold errorRate,
        Threshold failingRate,
        Threshold memory,
        Threshold cpu,
        Threshold disk) {

    static Thresholds of(HealthSettings settings) {
        return new Thresholds(
                Threshold.from(settings.fewestCalls()),
                Threshold.above(settings.errorRate()),
                Threshold.from(settings.failingRate()),
                Threshold.above(settings.memory()),
                Threshold.above(settings.cpu()),
                Threshold.above(settings.disk()));
    }
}
