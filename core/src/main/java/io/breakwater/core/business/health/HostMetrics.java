package io.breakwater.core.business.health;

/** The load of the machine on which the server runs. */
@FunctionalInterface
public interface HostMetrics {

    /** Returns the current load. */
    Reading read();

    /** Returns the busy share of all processors. */
    default double cpu() {
        return read().cpu();
    }

    /** Returns the used share of the memory that the process may use. */
    default double memory() {
        return read().memory();
    }

    /** Returns the used share of the working disk. */
    default double disk() {
        return read().disk();
    }

    /**
     * Shares between 0 and 1; a negative value is unknown.
     *
     * @param cpu the busy share of all processors
     * @param memory the used share of the memory that the process may use
     * @param disk the used share of the working disk
     */
    record Reading(double cpu, double memory, double disk) {}
}
