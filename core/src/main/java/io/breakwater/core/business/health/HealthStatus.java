package io.breakwater.core.business.health;

/** The overall status of the server, from best to worst. */
public enum HealthStatus {
    /** The server does all of its work. */
    HEALTHY,
    /** The server works, but an operator should look: an optional dependency is down, or a threshold is exceeded. */
    DEGRADED,
    /** The server cannot do its work: a required dependency is down, or most calls fail. */
    UNHEALTHY;

    HealthStatus orWorse(HealthStatus other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
