package io.breakwater.core.business.health;

/** How the server is doing, the better first. */
public enum HealthStatus {
    /** It does all of its work. */
    HEALTHY,
    /** It works, but somebody should look: an optional dependency is down, or a threshold is crossed. */
    DEGRADED,
    /** It cannot do its work: a required dependency is down, or most of what it does fails. */
    UNHEALTHY;

    HealthStatus orWorse(HealthStatus other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
